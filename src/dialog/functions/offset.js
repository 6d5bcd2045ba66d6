function offset(time) { // the channel's last message may say the user's zone
    try {
        var zone = read(context, ["session", "BotUserSession", "lastMessage", "messagePayload", "meta", "timezone"]);
        var there = typeof zone === "string" ? koreUtil.moment(time).tz(zone) : undefined;
        var minutes = there && there.tz() ? there.utcOffset() : undefined;
        return typeof minutes === "number" && isFinite(minutes) ? minutes : undefined;
    } catch (e) {
        return undefined;
    }
}
