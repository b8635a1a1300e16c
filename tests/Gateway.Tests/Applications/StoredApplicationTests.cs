using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications.Model;

namespace Integration.Gateway.Tests.Applications;

/// <summary>Applications that are stored already must be read, and written as they were.</summary>
public class StoredApplicationTests
{
    private const string Stored =
        """{"applicationId":"app_1","caseId":"CASE-1","callerId":"hall","purpose":"electricity-connection","basis":"consent:C-1","policyVersion":"2026-01","acceptedAt":"2026-11-23T01:00:00+00:00","state":"withdrawn","proofs":[{"key":"identity","isGiven":false,"checked":{"kind":"identity","outcome":"match","mismatches":[],"facts":{"titleIsSeized":null,"enterpriseSize":null,"seizureIsWithheld":false},"source":{"agency":"population-registry","requestId":"req_1","asOf":"2026-11-23T09:00:00+08:00"},"evidenceId":"evd_1","note":null,"at":"2026-11-23T01:00:00+00:00"},"paper":null},{"key":"title","isGiven":true,"checked":null,"paper":{"kind":"commitment","reference":"store/1","sha256":null,"at":"2026-11-23T01:00:00+00:00","dueAt":"2026-11-30T10:00:00+00:00"}}],"grid":{"nearestLowVoltageMetres":40,"spareCapacityKw":80},"decision":{"outcome":"provisional","rule":"commitments-open","explanation":"\u5DF2\u6309\u627F\u8BFA\u3002","proofs":[{"proof":"identity","satisfiedBy":"sharedData","outcome":"match","mismatches":[],"source":{"agency":"population-registry","requestId":"req_1","asOf":"2026-11-23T09:00:00+08:00"},"evidenceId":"evd_1","note":null},{"proof":"title","satisfiedBy":null,"outcome":null,"mismatches":[],"source":null,"evidenceId":null,"note":null}],"missing":[{"proof":"title","accepts":["upload","commitment"],"text":"\u8BC1"}],"decidedAt":"2026-11-23T09:00:00+08:00","policyVersion":"2026-01","evidenceId":"evd_2"},"history":[{"outcome":"zeroCertificate","rule":"all-proofs-shared","decidedAt":"2026-11-23T09:00:00+08:00","trigger":"application","evidenceId":"evd_3"}],"supply":{"voltage":"220V","zeroCost":true,"rule":"household","plan":{"connection":"direct","distanceMetres":40,"spareCapacityKw":80,"text":"\u76F4\u63A5"}},"simpleConnection":{"eligible":false,"conditions":[{"condition":"size","holds":"unknown","because":"\u672A","legalReference":"Art. 1"}]},"limits":[{"limit":"low-voltage","dueAt":"2026-11-30T18:00:00+08:00","legalReference":"Art. 2","note":null}],"rechecks":2,"recheckAt":"2026-11-24T01:00:00+00:00","version":3}""";

    [Fact]
    public void A_stored_application_is_read_and_written_unchanged() =>
        Assert.Equal(Stored, Application.FromJson(Stored).ToJson());

    [Theory]
    [InlineData(DecisionOutcome.ZeroCertificate, "zeroCertificate")]
    [InlineData(DecisionOutcome.OneCertificate, "oneCertificate")]
    [InlineData(DecisionOutcome.Provisional, "provisional")]
    [InlineData(DecisionOutcome.Supplement, "supplement")]
    [InlineData(DecisionOutcome.Review, "review")]
    public void Every_outcome_keeps_its_spelling(DecisionOutcome outcome, string stored)
    {
        var application = Application.FromJson(
            Stored.Replace("\"provisional\"", $"\"{stored}\"", StringComparison.Ordinal)
        );

        Assert.Equal(outcome, application.Decision!.Outcome);
        Assert.Contains($"\"outcome\":\"{stored}\"", application.ToJson(), StringComparison.Ordinal);
    }
}
