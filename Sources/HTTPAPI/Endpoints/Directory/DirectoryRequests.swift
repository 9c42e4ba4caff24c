import Domain

/// The body that makes a thing.
protocol NewContent: RequestObject {
    associatedtype Content: DirectoryContent
    var content: Content { get }
    /// Its lists that are kept in another order than the caller's.
    var sentLists: [SentList] { get }
}

extension NewContent {
    var sentLists: [SentList] { [] }
}

/// The body that changes a thing: a merge patch, or for documents with versions the whole of it.
protocol ContentChange: RequestObject {
    associatedtype Content: DirectoryContent
    func applied(to content: Content) -> Content
    /// Its lists that are kept in another order than the caller's.
    var sentLists: [SentList] { get }
}

extension ContentChange {
    var sentLists: [SentList] { [] }
}

/// `/v1/agents/{agent_id}`
struct DirectoryPath<Content: DirectoryContent>: PathParameters {
    static var field: PathField<ID<Content.Kind>> { PathField(Content.names.parameter, .id(Content.Kind.self), "Its id.") }
    static var parameters: [ParameterDescription] { [field.parameter] }
    let id: ID<Content.Kind>

    init(from reader: PathReader) throws(Problem) {
        id = try reader.value(Self.field)
    }
}

/// A list in the order of the ids, or the one thing with a name, key or address.
struct DirectoryListQuery<Content: DirectoryContent>: QueryParameters {
    static var parameters: [ParameterDescription] { (unique.map { [$0.parameter] } ?? []) + PageRequest.parameters }

    private static var unique: QueryField<String>? {
        Content.uniqueField.map { QueryField($0, .text(1...254), "Only the one with this \($0).") }
    }

    let unique: String?
    let page: PageRequest

    init?(from reader: inout QueryReader) {
        unique = Self.unique.flatMap { reader.value($0) }
        page = reader.page()
    }
}
