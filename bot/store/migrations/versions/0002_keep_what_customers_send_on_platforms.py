"""Keep what customers send on platforms: attachments, edits, receipts, and every delivery once."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Attached, Utc

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "arrivals",
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=256), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("arrived_at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "account", "key", name=op.f("pk_arrivals")),
    )
    with op.batch_alter_table("arrivals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_arrivals_arrived_at"), ["arrived_at"], unique=False)

    op.create_table(
        "message_versions",
        sa.Column("message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_message_versions_message_id")),
        sa.PrimaryKeyConstraint("message_id", "number", name=op.f("pk_message_versions")),
    )
    op.create_table(
        "receipts",
        sa.Column("identity_id", sa.String(length=32), nullable=False),
        sa.Column("platform_id", sa.String(length=256), nullable=False),
        sa.Column("message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["identity_id"], ["identities.id"], name=op.f("fk_receipts_identity_id")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_receipts_message_id")),
        sa.PrimaryKeyConstraint("identity_id", "platform_id", name=op.f("pk_receipts")),
    )
    with op.batch_alter_table("receipts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_receipts_message_id"), ["message_id"], unique=False)

    op.create_table(
        "uploads",
        sa.Column("message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_uploads_message_id")),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_uploads")),
    )
    with op.batch_alter_table("identities", schema=None) as batch_op:
        batch_op.add_column(sa.Column("username", sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column("is_public", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("attachment", Attached(), nullable=True))
        batch_op.add_column(sa.Column("edited_at", Utc(), nullable=True))
        batch_op.add_column(sa.Column("platform_order", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("anchor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.add_column(sa.Column("parts_sent", sa.Integer(), server_default="0", nullable=False))
        batch_op.create_index("ix_messages_identity_id_platform_order", ["identity_id", "platform_order"])


def downgrade() -> None:
    """Take the tables back."""
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index("ix_messages_identity_id_platform_order")
        batch_op.drop_column("parts_sent")
        batch_op.drop_column("anchor")
        batch_op.drop_column("platform_order")
        batch_op.drop_column("edited_at")
        batch_op.drop_column("attachment")

    with op.batch_alter_table("identities", schema=None) as batch_op:
        batch_op.drop_column("is_public")
        batch_op.drop_column("username")

    op.drop_table("uploads")
    with op.batch_alter_table("receipts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_receipts_message_id"))

    op.drop_table("receipts")
    op.drop_table("message_versions")
    with op.batch_alter_table("arrivals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_arrivals_arrived_at"))

    op.drop_table("arrivals")
