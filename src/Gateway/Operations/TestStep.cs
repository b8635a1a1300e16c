using Integration.Adapters.Ports;
using Integration.Gateway.Callers;
using Integration.Gateway.Sharing.Forwarding;

namespace Integration.Gateway.Operations;

/// <summary>
/// The last step of a diagnosis: a signed test question, which concerns no person, as only that shows whether the agency accepts who we are. Says
/// nothing of the answer but whether it can be read.
/// </summary>
internal sealed class TestStep(TestCall test, TimeProvider time)
{
    private const string Name = "test-call";

    /// <summary>Sends it when all steps before held and the catalogue states one.</summary>
    /// <param name="caller">The operator's client, for the record.</param>
    /// <param name="agency">The agency's name.</param>
    /// <param name="before">The steps before; at least one.</param>
    public async Task<DiagnosisStep> LookAsync(Caller caller, string agency, IReadOnlyList<DiagnosisStep> before)
    {
        var started = time.GetTimestamp();
        var (state, detail) = await FindAsync(caller, agency, before);
        return new DiagnosisStep(Name, before[^1].Address, state, time.GetElapsedTime(started), detail);
    }

    private async Task<(DiagnosisState State, string Detail)> FindAsync(
        Caller caller,
        string agency,
        IReadOnlyList<DiagnosisStep> before
    )
    {
        if (before.Any(step => step.State == DiagnosisState.Failed))
        {
            return (DiagnosisState.Skipped, "Not tried: an earlier step failed.");
        }

        if (test.Find(agency) is not { } plan)
        {
            return (
                DiagnosisState.Skipped,
                "Not tried: the service catalogue states no test of this agency, or its approval does not hold today."
            );
        }

        var ran = await test.RunAsync(plan, caller);
        return ran.Succeeded(out var call, out _)
            ? Describe(call)
            : (
                DiagnosisState.Failed,
                "What came of it cannot be put on record, so it is not told. Our side: look at the database, then ask again."
            );
    }

    private static (DiagnosisState State, string Detail) Describe(TestedCall call)
    {
        var end = $"Request {call.RequestId}, evidence {call.EvidenceId}.";
        return call.Failure switch
        {
            null => (
                DiagnosisState.Passed,
                $"{call.Operation.Name} was signed, sent and answered: HTTP {(int)call.Status!}, in the agreed format. The agency's own codes in the answer were judged where the catalogue names them. {end}"
            ),
            { Stage: FailureStage.Maintenance or FailureStage.Bulkhead or FailureStage.CircuitOpen } unsent => (
                DiagnosisState.Skipped,
                $"{call.Operation.Name} was not sent ({Words(unsent)}). {NextOf(unsent)} {end}"
            ),
            { } failure => (
                DiagnosisState.Failed,
                $"{call.Operation.Name} brought no usable answer ({Words(failure)}). {SideOf(failure)} {NextOf(failure)} {end}"
            ),
        };
    }

    private static string Words(AgencyFailure failure) => $"{failure.Stage}, {failure.Code}";

    private static string SideOf(AgencyFailure failure) =>
        failure.Side switch
        {
            FailureSide.Gateway => "Our side.",
            FailureSide.Network => "The network between us.",
            _ => "The agency's side.",
        };

    private static string NextOf(AgencyFailure failure) =>
        failure switch
        {
            { Stage: FailureStage.Maintenance } => "Operators have taken the agency out of service: end that first.",
            { Stage: FailureStage.Bulkhead } => "A limit of the agency is met: ask again when there is less to do.",
            { Stage: FailureStage.Secret, Side: FailureSide.Gateway } =>
                "The agency does not accept our signature: compare the credentials in the configuration with those it gave us.",
            { Stage: FailureStage.Secret } =>
                "Its key could not be had: look at the step secret, then tell the agency.",
            { Stage: FailureStage.Authorisation } => "Ask the agency to authorise this service for us.",
            { Stage: FailureStage.Connect or FailureStage.Transfer } =>
                "The connection broke off while the steps before held: ask again, then look at what stands on the way.",
            { Stage: FailureStage.TimeOut } =>
                "It did not answer within the time of one attempt: call its operations, with the request number.",
            { Stage: FailureStage.Status, Side: FailureSide.Gateway } =>
                "It does not take what we ask: compare target and test in the catalogue with the agency's documents.",
            { Stage: FailureStage.Status } => "Call its operations, with the request number.",
            _ => "Its answer is not what was agreed: compare the dialect with the agency's documents, then tell it.",
        };
}
