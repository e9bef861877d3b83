"""Pure functions: frames and frozen parameters in, frames and quantities out."""
