/// Collects what is wrong with one thing; the worst of it is the finding's status.
struct DoctorJudgement {
    private var status = DoctorStatus.ok
    private var sentences: [String] = []
    private var advice: [String] = []

    mutating func complain(_ status: DoctorStatus, _ sentence: String, _ advice: String) {
        self.status = max(self.status, status)
        sentences.append(sentence)
        if !self.advice.contains(advice) { self.advice.append(advice) }
    }

    /// Complains where a count is not zero.
    mutating func complain(_ status: DoctorStatus, if count: Int, _ sentence: (Int) -> String, _ advice: String) {
        if count > 0 { complain(status, sentence(count), advice) }
    }

    /// - Parameter fine: what to say where there was nothing to complain about.
    func finding(_ check: DoctorCheck, fine: String, numbers: [DoctorNumber] = [], details: [String] = []) -> DoctorFinding {
        DoctorFinding(
            check,
            status,
            sentences.isEmpty ? fine : sentences.joined(separator: " "),
            numbers: numbers,
            details: details,
            advice: advice.joined(separator: " ")
        )
    }
}
