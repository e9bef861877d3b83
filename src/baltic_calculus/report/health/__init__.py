"""What ``baltic doctor`` says: whether everything is here that a build needs, and is as it should be."""
