"""The queue: Procrastinate's own schema."""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# A newer Procrastinate brings a newer schema to new databases here, but not to old
# ones: raising its version takes a migration with its own scripts, up to their last.
# A test compares this with the installed package.
LAST_SCRIPT = "03.04.00_50_post_add_retry_failed_job_procedure.sql"


def upgrade() -> None:
    # Not parameters but a script: the percent signs in it are its own.
    op.get_bind().exec_driver_sql(
        SchemaManager.get_schema(), execution_options={"no_parameters": True}
    )
