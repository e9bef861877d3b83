"""The papermill engine ``ready``.

It has a module of its own because papermill imports it while it is itself being imported.
"""

from typing import Any

from nbformat import NotebookNode
from papermill.engines import NBClientEngine, NotebookExecutionManager


class ReadyEngine(NBClientEngine):
    """papermill's ordinary engine without fixed waits."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **options: Any
    ) -> NotebookNode:
        """Execute the notebook.

        Parameters
        ----------
        nb_man : NotebookExecutionManager
            The notebook and where to save it.
        kernel_name : str
            Name of the kernel specification.
        **options
            As for papermill's own engine.

        Returns
        -------
        NotebookNode
            The executed notebook.
        """
        from kernel_forkserver.engine import ReadyKernelManager

        options = {"kernel_manager_class": ReadyKernelManager} | options
        return super().execute_managed_notebook(nb_man, kernel_name, **options)
