"""Draw the tables of the profile and map the domain onto them, imperatively: the domain does not know."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, String, Table, Text, UniqueConstraint, orm

from bot.domain import (
    allowance,
    audit,
    complaints,
    consent,
    conversation,
    customer,
    messages,
    orders,
    platform_tokens,
    preferences,
    promises,
    reply_plan,
    satisfaction,
    users,
)
from bot.store.types import Attached, BigKey, Money, Utc, one_of

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id(name: str = "id") -> Column[str]:
    return Column(name, String(32), primary_key=True)


def _customer() -> Column[str]:
    return Column("customer_id", ForeignKey("customers.id"), nullable=False, index=True)


def _conversation() -> Column[str]:
    return Column("conversation_id", ForeignKey("conversations.id"), nullable=False, index=True)


def _time(name: str, nullable: bool = True) -> Column[object]:
    return Column(name, Utc, nullable=nullable)


customers = Table(
    "customers", metadata, _id(),
    Column("language", String(8), nullable=False),
    _time("created_at", False),
    Column("name", String(80)),
    Column("tags", sa.JSON, nullable=False),
    _time("forgotten_at"),
)  # fmt: skip
identities = Table(
    "identities", metadata, _id(), _customer(),
    Column("channel", String(32), nullable=False),
    Column("account", String(64), nullable=False),
    Column("external_id", String(256), nullable=False),
    _time("created_at", False),
    Column("display_name", String(80)),
    Column("reachable", sa.Boolean, nullable=False),
    Column("username", String(80)),
    Column("is_public", sa.Boolean, nullable=False, server_default=sa.false()),
    UniqueConstraint("channel", "account", "external_id"),
)  # fmt: skip
conversations = Table(
    "conversations", metadata, _id(), _customer(),
    Column("identity_id", ForeignKey("identities.id"), nullable=False, index=True),
    Column("channel", String(32), nullable=False),
    _time("opened_at", False),
    Column("owner", one_of(conversation.Owner), nullable=False, index=True),
    Column("epoch", sa.Integer, nullable=False),
    Column("agent_id", ForeignKey("users.id")),
    _time("waiting_since"), _time("closed_at"), _time("last_message_at"),
    Column("rating_wanted", sa.Boolean, nullable=False),
    Column("notice_given", sa.Boolean, nullable=False),
)  # fmt: skip
messages_ = Table(
    "messages", metadata,
    Column("id", BigKey, primary_key=True, autoincrement=True),
    _conversation(), _customer(),
    Column("identity_id", ForeignKey("identities.id"), nullable=False),
    Column("author", one_of(messages.Author), nullable=False),
    Column("text", Text, nullable=False),
    _time("written_at", False),
    Column("kind", String(32), nullable=False),
    Column("platform_id", String(256)),
    Column("buttons", sa.JSON, nullable=False),
    Column("agent_id", ForeignKey("users.id")),
    Column("in_reply_to", ForeignKey("messages.id")),
    Column("turn", one_of(messages.Turn)),
    Column("delivery", one_of(messages.Delivery)),
    Column("epoch", sa.Integer),
    Column("attempts", sa.Integer, nullable=False),
    _time("due_at"), _time("sent_at"),
    Column("failure", String(200)),
    Column("attachment", Attached),
    _time("edited_at"),
    Column("platform_order", sa.BigInteger),
    Column("anchor", BigKey),
    Column("parts_sent", sa.Integer, nullable=False, server_default="0"),
    _time("recalled_at"),
    UniqueConstraint("identity_id", "platform_id"),
    Index("ix_messages_conversation_id_turn", "conversation_id", "turn"),
    Index("ix_messages_identity_id_delivery", "identity_id", "delivery"),
    Index("ix_messages_identity_id_platform_order", "identity_id", "platform_order"),
    Index("ix_messages_turn_open", "turn", sqlite_where=sa.text("turn = 'open'"), postgresql_where=sa.text("turn = 'open'")),
    Index(
        "ix_messages_delivery_due", "delivery",
        sqlite_where=sa.text("delivery IN ('pending', 'sending')"),
        postgresql_where=sa.text("delivery IN ('pending', 'sending')"),
    ),
    sqlite_autoincrement=True,
)  # fmt: skip
versions = Table(
    "message_versions", metadata,
    Column("message_id", ForeignKey("messages.id"), primary_key=True),
    Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    _time("written_at", False),
)  # fmt: skip
uploads = Table(
    "uploads", metadata,
    Column("message_id", ForeignKey("messages.id"), primary_key=True),
    Column("content", sa.LargeBinary, nullable=False),
)  # fmt: skip
receipts = Table(
    "receipts", metadata,
    Column("identity_id", ForeignKey("identities.id"), primary_key=True),
    Column("platform_id", String(256), primary_key=True),
    Column("message_id", ForeignKey("messages.id"), nullable=False, index=True),
)  # fmt: skip
arrivals = Table(
    "arrivals", metadata,
    Column("channel", String(32), primary_key=True),
    Column("account", String(64), primary_key=True),
    Column("key", String(256), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("payload", Text),
    Column("reason", String(200)),
    Column("arrived_at", Utc, nullable=False, index=True),
)  # fmt: skip
cursors = Table(
    "cursors", metadata,
    Column("channel", String(32), primary_key=True),
    Column("account", String(64), primary_key=True),
    Column("cursor", String(256), nullable=False),
    _time("read_at", False),
)  # fmt: skip
allowances_ = Table(
    "allowances", metadata,
    Column("identity_id", ForeignKey("identities.id"), primary_key=True),
    Column("occasion", one_of(allowance.Occasion), primary_key=True),
    _time("opened_at", False), _time("closes_at", False),
    Column("allowed", sa.Integer, nullable=False),
)  # fmt: skip
spends = Table(
    "spends", metadata,
    Column("id", BigKey, primary_key=True, autoincrement=True),
    Column("identity_id", ForeignKey("identities.id"), nullable=False, index=True),
    _time("began_at", False), _time("settled_at"),
    Column("is_refusal", sa.Boolean, nullable=False),
)  # fmt: skip
given = Table(
    "given", metadata,
    Column("identity_id", ForeignKey("identities.id"), primary_key=True),
    Column("push", String(256), primary_key=True),
    Column("message_id", ForeignKey("messages.id"), primary_key=True),
    Column("first_part", sa.Integer, nullable=False),
    _time("given_at", False),
)  # fmt: skip
readings = Table(
    "readings", metadata,
    Column("message_id", ForeignKey("messages.id"), primary_key=True),
    Column("intent", String(64), nullable=False),
    Column("confidence", sa.Float, nullable=False),
    Column("language", String(8), nullable=False),
    Column("sentiment", sa.Integer, nullable=False),
    _time("read_at", False),
    Column("topics", sa.JSON, nullable=False),
)  # fmt: skip
handoffs = Table(
    "handoffs", metadata, _id(), _conversation(), _customer(),
    Column("reason", one_of(conversation.Reason), nullable=False),
    Column("summary", Text, nullable=False),
    _time("requested_at", False),
    Column("message_id", ForeignKey("messages.id"), unique=True),
    _time("opened_at"), _time("claimed_at"),
    Column("claimed_by", ForeignKey("users.id")),
    _time("ended_at"),
    Column("outcome", String(40)),
)  # fmt: skip
complaints_ = Table(
    "complaints", metadata, _id(),
    Column("number", String(20), nullable=False, unique=True),
    _customer(), _conversation(),
    Column("message_id", ForeignKey("messages.id"), nullable=False, unique=True),
    Column("topic", String(40), nullable=False),
    Column("severity", one_of(complaints.Severity), nullable=False),
    Column("words", Text, nullable=False),
    _time("opened_at", False), _time("due_at", False),
    Column("state", one_of(complaints.ComplaintState), nullable=False),
    Column("owner_id", ForeignKey("users.id")),
    Column("root_cause", Text), Column("outcome", Text),
    _time("resolved_at"),
    Column("joined", sa.JSON, nullable=False),
    Column("wants", sa.JSON, nullable=False, server_default="[]"),
)  # fmt: skip
preferences_ = Table(
    "preferences", metadata, _id(), _customer(),
    Column("message_id", ForeignKey("messages.id"), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("object", String(200), nullable=False),
    Column("polarity", one_of(preferences.Polarity), nullable=False),
    Column("quote", Text, nullable=False),
    Column("confidence", sa.Float, nullable=False),
    _time("heard_at", False), _time("valid_from", False), _time("valid_until"),
    Column("state", one_of(preferences.PreferenceState), nullable=False, index=True),
    Column("reviewed_by", ForeignKey("users.id")),
    _time("reviewed_at"),
    Column("superseded_by", String(32)),
    Column("quote_start", sa.Integer, nullable=False, server_default="0"),
    Column("quote_end", sa.Integer, nullable=False, server_default="0"),
    Column("aspect", String(40), nullable=False, server_default=""),
    Column("strength", one_of(preferences.Strength), nullable=False, server_default="plain"),
    Column("subject", String(80), nullable=False, server_default="customer"),
    Column("time_limit", String(80), nullable=False, server_default=""),
    UniqueConstraint("message_id", "kind", "object", "polarity"),
)  # fmt: skip
consents = Table(
    "consents", metadata, _id(), _customer(),
    Column("purpose", String(40), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("granted", sa.Boolean, nullable=False),
    Column("quote", Text, nullable=False),
    _time("given_at", False),
    Column("message_id", ForeignKey("messages.id")),
    UniqueConstraint("message_id", "purpose", "channel"),
)  # fmt: skip
promises_ = Table(
    "promises", metadata, _id(), _customer(), _conversation(),
    Column("what", Text, nullable=False),
    _time("made_at", False), _time("due_at", False),
    Column("complaint_id", ForeignKey("complaints.id"), index=True),
    _time("kept_at"),
)  # fmt: skip
ratings = Table(
    "ratings", metadata, _id(), _customer(), _conversation(),
    Column("score", sa.Integer, nullable=False),
    Column("words", Text, nullable=False),
    _time("given_at", False),
    Column("message_id", ForeignKey("messages.id"), unique=True),
    Column("agent_id", ForeignKey("users.id")),
)  # fmt: skip
orders_ = Table(
    "orders", metadata, _id(),
    Column("number", String(20), nullable=False, unique=True),
    _customer(),
    Column("state", one_of(orders.OrderState), nullable=False),
    Column("items", Text, nullable=False),
    Column("amount", Money, nullable=False),
    Column("currency", String(3), nullable=False),
    _time("placed_at", False),
    Column("carrier", String(40)), Column("tracking_number", String(40)),
    _time("expected_at"), _time("delivered_at"),
)  # fmt: skip
shop_facts = Table(
    "shop_facts", metadata,
    Column("topic", String(40), primary_key=True),
    Column("language", String(8), primary_key=True),
    Column("text", Text, nullable=False),
)  # fmt: skip
users_ = Table(
    "users", metadata, _id(),
    Column("name", String(64), nullable=False, unique=True),
    Column("display_name", String(80), nullable=False),
    Column("role", one_of(users.Role), nullable=False),
    Column("password_hash", String(200), nullable=False),
    _time("created_at", False),
    Column("active", sa.Boolean, nullable=False),
    Column("failed_sign_ins", sa.Integer, nullable=False),
    _time("locked_until"),
)  # fmt: skip
sessions = Table(
    "sessions", metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("user_id", ForeignKey("users.id"), nullable=False, index=True),
    Column("csrf", String(64), nullable=False),
    _time("created_at", False), _time("expires_at", False),
)  # fmt: skip
audit_ = Table(
    "audit", metadata,
    Column("id", BigKey, primary_key=True, autoincrement=True),
    Column("actor", String(64), nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject", String(120), nullable=False, index=True),
    _time("at", False),
    Column("details", sa.JSON, nullable=False),
)  # fmt: skip
feed = Table(
    "feed", metadata,
    Column("seq", BigKey, primary_key=True, autoincrement=True),
    Column("kind", String(32), nullable=False),
    _time("at", False),
    Column("conversation_id", String(32)), Column("customer_id", String(32)),
    Column("details", sa.JSON, nullable=False),
    sqlite_autoincrement=True,
)  # fmt: skip
platform_tokens_ = Table(
    "platform_tokens", metadata,
    Column("channel", String(32), primary_key=True),
    Column("account", String(64), primary_key=True),
    Column("version", sa.Integer, nullable=False),
    Column("token", Text),
    _time("good_until"),
    Column("refused", Text),
    _time("leased_until"), _time("forced_at"),
)  # fmt: skip

mapper = orm.registry(metadata=metadata)
_MAPPING = {
    customer.Customer: customers, customer.Identity: identities, conversation.Conversation: conversations,
    conversation.Handoff: handoffs, messages.Message: messages_, messages.Reading: readings, messages.Version: versions,
    complaints.Complaint: complaints_, preferences.Preference: preferences_, consent.Consent: consents,
    promises.Promise: promises_, satisfaction.Rating: ratings, orders.Order: orders_, orders.ShopFact: shop_facts,
    users.User: users_, users.Session: sessions, audit.AuditEntry: audit_, audit.FeedEvent: feed,
    platform_tokens.PlatformToken: platform_tokens_,
    allowance.Allowance: allowances_, allowance.Spend: spends, reply_plan.Given: given,
}  # fmt: skip
for _class, _table in _MAPPING.items():
    mapper.map_imperatively(_class, _table)
