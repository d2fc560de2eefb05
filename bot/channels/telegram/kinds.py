"""Name what Telegram may deliver: the kinds that we read, and those that are none of a shop's business. Pure.

https://core.telegram.org/bots/api#update, https://core.telegram.org/bots/api#message
"""

from typing import Final

READ: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates that we read, and so the ones that we ask Telegram for."""

IGNORED: Final = frozenset(
    """
    channel_post edited_channel_post business_connection business_message edited_business_message
    deleted_business_messages guest_message message_reaction message_reaction_count inline_query chosen_inline_result
    shipping_query pre_checkout_query purchased_paid_media poll poll_answer chat_member chat_join_request chat_boost
    removed_chat_boost managed_bot
    """.split()
)
"""The other kinds that the Bot API names."""

SERVICE: Final = frozenset(
    """
    new_chat_members left_chat_member chat_owner_left chat_owner_changed new_chat_title new_chat_photo
    delete_chat_photo group_chat_created supergroup_chat_created channel_chat_created
    message_auto_delete_timer_changed migrate_to_chat_id migrate_from_chat_id pinned_message successful_payment
    refunded_payment users_shared chat_shared gift unique_gift gift_upgrade_sent connected_website
    write_access_allowed passport_data proximity_alert_triggered boost_added chat_background_set
    checklist_tasks_done checklist_tasks_added direct_message_price_changed forum_topic_created forum_topic_edited
    forum_topic_closed forum_topic_reopened general_forum_topic_hidden general_forum_topic_unhidden
    giveaway_created giveaway giveaway_winners giveaway_completed managed_bot_created paid_message_price_changed
    poll_option_added poll_option_deleted suggested_post_approved suggested_post_approval_failed
    suggested_post_declined suggested_post_paid suggested_post_refunded video_chat_scheduled video_chat_started
    video_chat_ended video_chat_participants_invited web_app_data
    """.split()
)
"""The fields by which a message tells that something happened in the chat, instead of being somebody's words."""
