"""Keep how far each WeCom account has been read, and the state of its sessions."""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Bring the tables forward."""


def downgrade() -> None:
    """Take the tables back."""
