"""All cross-checks of the project."""

from baltic_calculus.catalog.claim_checks import CLAIM_CHECKS
from baltic_calculus.catalog.cross_check import CrossCheck
from baltic_calculus.catalog.fiscal_checks import FISCAL_CHECKS
from baltic_calculus.catalog.plan_checks import PLAN_CHECKS
from baltic_calculus.catalog.register_checks import REGISTER_CHECKS
from baltic_calculus.catalog.spending_checks import SPENDING_CHECKS
from baltic_calculus.catalog.union_checks import UNION_CHECKS

CROSS_CHECKS: tuple[CrossCheck, ...] = (
    *SPENDING_CHECKS,
    *PLAN_CHECKS,
    *FISCAL_CHECKS,
    *UNION_CHECKS,
    *REGISTER_CHECKS,
    *CLAIM_CHECKS,
)
