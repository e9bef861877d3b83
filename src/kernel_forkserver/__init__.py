"""Jupyter kernels forked from a server that has imported their libraries once.

A kernel spends its first second importing the same libraries as the kernel before it. Here a small single-threaded
process imports them once and forks a fresh kernel from itself each time one is asked for. Every kernel is a process of
its own, with its own memory, environment and folder, exactly as if it had been started by itself.

Jupyter finds the package by its entry points: the kernel ``python3-forked``, the kernel provisioner ``fork-server``
and the papermill engine ``ready``.
"""

from kernel_forkserver.connection import is_supported, start_server, stop_servers

__all__ = ["is_supported", "start_server", "stop_servers"]
