/// Lets one test at a time use the server: several measure time, and all share few cores.
actor Gate {
    static let server = Gate()

    private var isTaken = false
    private var waiters: [CheckedContinuation<Void, Never>] = []

    func enter() async {
        if isTaken {
            await withCheckedContinuation { waiters.append($0) }
        } else {
            isTaken = true
        }
    }

    func leave() {
        if waiters.isEmpty {
            isTaken = false
        } else {
            waiters.removeFirst().resume()
        }
    }
}
