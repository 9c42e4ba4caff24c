import Domain

/// Which tickets a list shows, in which order, and what of them.
struct TicketListQuery: QueryParameters {
    static let sort = SortField<TicketOrder.Key>(defaultOrder: [.init(.createdAt, isDescending: true)], maximumTerms: 1)
    static let parameters = TicketFilter.parameters + [sort.parameter] + TicketView.parameters + PageRequest.parameters

    let filter: TicketFilter
    let order: TicketOrder
    let view: TicketView
    let page: PageRequest

    init?(from reader: inout QueryReader) {
        filter = TicketFilter(from: &reader)
        let term = reader.sort(Self.sort).first
        order = TicketOrder(term?.key ?? .createdAt, isDescending: term?.isDescending ?? true)
        view = TicketView(from: &reader)
        page = reader.page()
    }

    /// The place after the last ticket of the page before.
    var position: TicketPosition? {
        guard let keys = page.after?.keys, keys.count == 2, case .uuid(let high, let low) = keys[1] else { return nil }
        let id = TicketID(high: high, low: low)
        return switch keys[0] {
        case .integer(let key): TicketPosition(key: key, id: id)
        case .null: TicketPosition(key: nil, id: id)
        default: nil
        }
    }

    static func cursor(after row: ListedTicket) -> Cursor {
        Cursor([row.key.map { .integer($0) } ?? .null, .uuid(high: row.ticket.id.high, low: row.ticket.id.low)])
    }
}

/// Which tickets are counted.
struct TicketCountQuery: QueryParameters {
    static let parameters = TicketFilter.parameters

    let filter: TicketFilter

    init?(from reader: inout QueryReader) {
        filter = TicketFilter(from: &reader)
    }
}
