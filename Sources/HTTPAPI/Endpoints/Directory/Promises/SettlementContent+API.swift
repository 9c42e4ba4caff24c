import Domain

extension SettlementContent: DirectoryContent {
    static let names = DirectoryNames(
        type: "Settlement",
        plural: "Settlements",
        phrase: "a settlement",
        path: "settlements",
        parameter: "settlement_id",
        read: .settlementsRead,
        write: .settlementsWrite
    )

    static let properties = [
        JSONProperty("ticket_id", .id, "What was resolved."),
        JSONProperty("agent_id", .id, "By whom."),
        JSONProperty("provider", .string, "Whose agent that was."),
        JSONProperty("resolved_at", .timestamp, "When."),
        JSONProperty("amount", .integer(in: Price.range).nullable, "In the currency's smallest unit; null until it is set."),
        JSONProperty("currency", .string.nullable, "ISO 4217."),
    ]

    func writeFields(to writer: inout JSONWriter) {
        writer.field("ticket_id", ticketID)
        writer.field("agent_id", agentID)
        writer.field("provider", provider)
        writer.field("resolved_at", resolvedAt)
        writer.field("amount", price?.amount)
        writer.field("currency", price?.currency)
    }
}

/// Sets the amount with its currency, or clears both.
struct PatchSettlement: ContentChange {
    static let amount = RequestField(
        "amount",
        .integer(Int(SettlementContent.Price.range.lowerBound)...Int(SettlementContent.Price.range.upperBound)),
        "In the currency's smallest unit; null clears it."
    )
    static let currency = RequestField("currency", .text(3...3), "ISO 4217; needed with an amount.")
    static let schema = JSONSchema.object("PatchSettlement", [amount.clearable, currency.optional], isClosed: true)

    let amount: Patch<Int>
    let currency: String?

    init?(from reader: inout ObjectReader) {
        amount = reader.patch(Self.amount)
        currency = reader.optional(Self.currency)
        let hasCurrency = reader.has(Self.currency.name)
        if case .set = amount, !hasCurrency { reader.refuse(Self.currency.name, .required, "Is missing.") }
        if case .clear = amount, hasCurrency { reader.refuse(Self.currency.name, .notAllowed, "Only with an amount.") }
        if hasCurrency, !reader.has(Self.amount.name) { reader.refuse(Self.currency.name, .notAllowed, "Only with an amount.") }
    }

    func applied(to before: SettlementContent) -> SettlementContent {
        var content = before
        switch amount {
        case .keep: break
        case .clear: content.price = nil
        case .set(let amount): content.price = currency.map { SettlementContent.Price(amount: Int64(amount), currency: $0) }
        }
        return content
    }
}
