"""``python -m baltic_calculus.cli`` is ``baltic``."""

import sys

from baltic_calculus.cli import main

sys.exit(main())
