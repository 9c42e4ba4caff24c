import Domain

/// `docket key list`: by what people know keys, and what holds for the tickets that come through them.
enum KeyTable {
    static func render(_ keys: [IssuedKey], now: Timestamp) -> String {
        let rows = keys.map { key in
            [
                key.id.description, key.name, key.lastFour, key.scopes.joined(separator: " "), tickets(of: key.intake), expiry(of: key),
                state(of: key, now: now),
            ]
        }
        return TextTable.render([["id", "name", "ends in", "scopes", "its tickets", "expires", "state"]] + rows)
    }

    private static func tickets(of profile: IntakeProfile) -> String {
        var parts = profile.isVIP ? ["VIP"] : []
        if let floor = profile.priorityFloor { parts.append("P\(floor.rawValue) or more urgent") }
        if let queue = profile.queueID { parts.append("queue \(queue)") }
        return parts.isEmpty ? "-" : parts.joined(separator: ", ")
    }

    private static func expiry(of key: IssuedKey) -> String { key.expiresAt?.millisecondText ?? "never" }

    private static func state(of key: IssuedKey, now: Timestamp) -> String {
        if key.revokedAt != nil { return "revoked" }
        return key.expiresAt.map { $0 <= now } ?? false ? "expired" : "live"
    }
}
