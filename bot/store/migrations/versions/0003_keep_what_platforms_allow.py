"""Keep how many messages a platform still allows to each customer."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Bring the tables forward."""


def downgrade() -> None:
    """Take the tables back."""
