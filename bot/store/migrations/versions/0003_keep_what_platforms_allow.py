"""Keep how many messages a platform still allows to each customer."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Utc

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "allowances",
        sa.Column("identity_id", sa.String(length=32), nullable=False),
        sa.Column(
            "occasion", sa.Enum("message", "event", name="occasion", native_enum=False, length=20), nullable=False
        ),
        sa.Column("opened_at", Utc(), nullable=False),
        sa.Column("closes_at", Utc(), nullable=False),
        sa.Column("allowed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["identity_id"], ["identities.id"], name=op.f("fk_allowances_identity_id")),
        sa.PrimaryKeyConstraint("identity_id", "occasion", name=op.f("pk_allowances")),
    )
    op.create_table(
        "spends",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("identity_id", sa.String(length=32), nullable=False),
        sa.Column("began_at", Utc(), nullable=False),
        sa.Column("settled_at", Utc(), nullable=True),
        sa.Column("is_refusal", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["identity_id"], ["identities.id"], name=op.f("fk_spends_identity_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spends")),
    )
    with op.batch_alter_table("spends", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_spends_identity_id"), ["identity_id"], unique=False)

    op.create_table(
        "given",
        sa.Column("identity_id", sa.String(length=32), nullable=False),
        sa.Column("push", sa.String(length=256), nullable=False),
        sa.Column("message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("first_part", sa.Integer(), nullable=False),
        sa.Column("given_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["identity_id"], ["identities.id"], name=op.f("fk_given_identity_id")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_given_message_id")),
        sa.PrimaryKeyConstraint("identity_id", "push", "message_id", name=op.f("pk_given")),
    )


def downgrade() -> None:
    """Take the tables back."""
    op.drop_table("given")
    with op.batch_alter_table("spends", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_spends_identity_id"))

    op.drop_table("spends")
    op.drop_table("allowances")
