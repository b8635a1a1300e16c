using Integration.Gateway.Cases.Model;

namespace Integration.Gateway.Tests.Cases;

/// <summary>Cases that are stored already must be read, and written as they were.</summary>
public class StoredCaseTests
{
    private const string Stored =
        """{"caseId":"CASE-1","callerId":"hall","reportedBy":"registry","purpose":"electricity-connection","serviceType":"low-voltage-residential-new","applicationId":"app_1","team":"north","state":"withdrawn","openedAt":"2026-11-23T01:00:00+00:00","acceptedAt":"2026-11-23T01:01:00+00:00","closedAt":"2026-11-24T01:00:00+00:00","takenBackAt":"2026-11-24T01:00:00+00:00","firstTraceAt":"2026-11-22T01:00:00+00:00","policyVersion":"2026-01","limits":[{"name":"low-voltage","text":"\u4F4E\u538B","clock":"whole","workingDays":5,"legalReference":"Art. 1"}],"clocks":[{"clock":"whole","terms":{"kind":"workingDays","amount":5},"limit":"low-voltage","legalReference":"Art. 1","yellowFromPercent":70,"startedAt":"2026-11-23T01:01:00+00:00","receiptId":"rct_1","evidenceId":"evd_1","endedAt":"2026-11-24T01:00:00+00:00","endEvidenceId":"evd_2","stops":[{"stopId":"stp_1","reason":"customer-materials","evidence":"store/1","by":"hall","from":"2026-11-23T02:00:00+00:00","evidenceId":"evd_3","until":"2026-11-23T03:00:00+00:00","endEvidenceId":"evd_4"}],"told":"yellow","isSettled":true}],"milestones":[{"name":"accepted","at":"2026-11-23T01:01:00+00:00","by":"gateway","evidenceId":"evd_1"}],"earlierMilestones":0,"flags":[{"flag":"late-start","at":"2026-11-23T01:01:00+00:00","detail":"First trace."}],"version":4,"wakeAt":"2026-11-25T01:00:00+00:00"}""";

    [Fact]
    public void A_stored_case_is_read_and_written_unchanged() => Assert.Equal(Stored, Case.FromJson(Stored).ToJson());

    [Fact]
    public void What_a_case_does_not_have_is_not_written() =>
        Assert.Equal(
            """{"caseId":"C","callerId":"hall","purpose":"p","state":"open","openedAt":"2026-11-23T01:00:00+00:00","policyVersion":"1","limits":[],"clocks":[],"milestones":[],"earlierMilestones":0,"flags":[],"version":1}""",
            new Case
            {
                CaseId = "C",
                CallerId = "hall",
                Purpose = "p",
                OpenedAt = new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero),
                PolicyVersion = "1",
                Version = 1,
            }.ToJson()
        );
}
