import Domain

/// The query of a list without filters.
struct PageQuery: QueryParameters {
    static let parameters = PageRequest.parameters
    let page: PageRequest

    init?(from reader: inout QueryReader) {
        page = reader.page()
    }
}

extension PageRequest {
    /// The last id of the page before, where that is what the list goes on from.
    func after<Entity>(_ entity: Entity.Type = Entity.self) -> ID<Entity>? {
        guard let keys = after?.keys, keys.count == 1, case .uuid(let high, let low) = keys[0] else { return nil }
        return ID(high: high, low: low)
    }

    /// The last row of the page before, where the list is in the order of a time.
    func afterTime<Entity>(_ entity: Entity.Type = Entity.self) -> (time: Timestamp, id: ID<Entity>)? {
        guard let keys = after?.keys, keys.count == 2, case .integer(let time) = keys[0], case .uuid(let high, let low) = keys[1] else { return nil }
        return (Timestamp(microseconds: time), ID(high: high, low: low))
    }

    /// The last number of the page before.
    var afterNumber: Int? {
        guard let keys = after?.keys, keys.count == 1, case .integer(let number) = keys[0] else { return nil }
        return Int(exactly: number)
    }
}

extension Page {
    /// The page of rows that were read with one more than asked for, which tells whether there is another page.
    ///
    /// - Parameter isCut: whether there are more though fewer were read.
    init<Row>(rows: [Row], isCut: Bool = false, of request: PageRequest, cursor: (Row) -> Cursor, _ item: (Row) -> Item) throws {
        let shown = rows.prefix(request.limit)
        let next = isCut || rows.count > request.limit ? shown.last.map(cursor) : nil
        try self.init(shown.map(item), next: next, of: request)
    }
}

extension Cursor {
    init<Entity>(_ id: ID<Entity>) {
        self.init([.uuid(high: id.high, low: id.low)])
    }

    /// In a list in the order of a time.
    init<Entity>(_ time: Timestamp, _ id: ID<Entity>) {
        self.init([.integer(time.microseconds), .uuid(high: id.high, low: id.low)])
    }
}
