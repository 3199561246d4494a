"""Broadcasts; when a delivery was meant to be sent; a rush hour in a fair order."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("contents", sa.JSON(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("local_at", sa.Time(), nullable=True),
        sa.Column("entered_up_to", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recalled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recall_finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
    )
    with op.batch_alter_table("broadcasts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_broadcasts_state"), ["state"], unique=False)

    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("broadcast_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("waited", sa.Double(), nullable=True))
        batch_op.drop_index("ix_deliveries_status_due_at")
        batch_op.create_index("ix_deliveries_status_due_at", ["status", "priority", "due_at", "id"], unique=False)
        batch_op.create_index("ix_deliveries_broadcast_id", ["broadcast_id", "status", "due_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deliveries_finished_at"), ["finished_at"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_deliveries_broadcast_id_broadcasts"),
            "broadcasts",
            ["broadcast_id"],
            ["id"],
            ondelete="CASCADE",
        )
    op.execute("UPDATE deliveries SET wanted_at = due_at")
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.alter_column("wanted_at", existing_type=sa.DateTime(timezone=True), nullable=False)

    op.drop_index("ix_users_next_question_at", "users")
    op.add_column("users", sa.Column("lot", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_users_next_question_at", "users", ["next_question_at", "lot"])


def downgrade() -> None:
    op.drop_index("ix_users_next_question_at", "users")
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.drop_column("lot")
    op.create_index("ix_users_next_question_at", "users", ["next_question_at"])
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_deliveries_broadcast_id_broadcasts"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_deliveries_finished_at"))
        batch_op.drop_index("ix_deliveries_broadcast_id")
        batch_op.drop_index("ix_deliveries_status_due_at")
        batch_op.create_index("ix_deliveries_status_due_at", ["status", "priority", "due_at"], unique=False)
        batch_op.drop_column("waited")
        batch_op.drop_column("broadcast_id")
        batch_op.drop_column("wanted_at")
    with op.batch_alter_table("broadcasts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_broadcasts_state"))
    op.drop_table("broadcasts")
