import Domain

extension EndpointCall where Query == PageQuery {
    /// Answers with the page that is asked for of a list in the order of ids.
    ///
    /// - Parameters:
    ///   - id: of a row: the next page goes on behind it.
    ///   - item: shows a row.
    ///   - read: gives so many rows behind an id: one more than are shown, which tells whether there is another page.
    func page<Row, Entity, Item: ResponseObject>(
        id: (Row) -> ID<Entity>,
        item: (Row) -> Item,
        _ read: (_ after: ID<Entity>?, _ limit: Int) async throws -> [Row]
    ) async throws -> Reply<Page<Item>> {
        let page = query.page
        let rows = try await read(page.after(Entity.self), page.limit + 1)
        return .ok(try Page(rows: rows, of: page, cursor: { Cursor(id($0)) }, item))
    }
}
