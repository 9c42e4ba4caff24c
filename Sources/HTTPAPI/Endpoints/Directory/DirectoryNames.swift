/// What a kind of thing is called in the API.
struct DirectoryNames: Sendable {
    /// `Agent`: the component, and the end of the operations' names.
    let type: String
    /// `Agents`
    let plural: String
    /// `an agent`
    let phrase: String
    /// `agents`: the path under /v1, and the tag.
    let path: String
    /// `agent_id`
    let parameter: String
    let read: Scope
    let write: Scope

    var item: String { "/v1/\(path)/{\(parameter)}" }
}
