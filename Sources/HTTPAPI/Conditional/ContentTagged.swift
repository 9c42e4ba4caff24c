/// What a tenant sets as a whole and what has no versions of its own: its entity tag is made of what is shown (decision 0035).
protocol ContentTagged: ResponseObject {}

extension ContentTagged {
    var entityTag: EntityTag { EntityTag(of: self) }
}

extension Reply where Output: ContentTagged {
    /// The thing as it is, or as a write left it.
    static func tagged(_ output: Output) -> Reply { .ok(output, entityTag: output.entityTag) }
}

extension EndpointCall where Output: ContentTagged {
    /// Holds `If-Match` against what is there, read under the lock of the write (api.md 4).
    ///
    /// - Throws: 412 with the present tag.
    func requireMatch(_ present: Output) throws(Problem) {
        let tag = present.entityTag
        guard ifMatch?.matchesStrongly(tag) ?? true else { throw Problem.preconditionFailed(current: tag) }
    }
}
