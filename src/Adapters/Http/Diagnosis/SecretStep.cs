using Integration.Adapters.Ports;

namespace Integration.Adapters.Http.Diagnosis;

/// <summary>Whether what is needed to sign can be had. Says nothing of the secret itself.</summary>
internal static class SecretStep
{
    public static async Task<Found> LookAsync(DiagnosedSecret secret, CancellationToken cancellationToken)
    {
        if (secret.Key is null)
        {
            // The options were read before this ran: a reference that cannot be resolved stops the start.
            return Found.Passed($"{secret.Name} is there. Only a signed call shows whether the agency accepts it.");
        }

        try
        {
            var key = await secret.Key.GetAsync(cancellationToken);
            return Found.Passed($"{secret.Name} was handed out and may be used until {key.UsableUntil.UtcDateTime:u}.");
        }
        catch (AgencyFaultException fault)
        {
            return FromFailure(secret, fault.Failure);
        }
    }

    private static Found FromFailure(DiagnosedSecret secret, AgencyFailure failure) =>
        failure switch
        {
            { Code: "maintenance" } => Found.Skipped(
                $"{secret.Name} is not fetched while the agency is in maintenance, and none is held."
            ),
            { Stage: FailureStage.Authorisation } => Found.Failed(
                $"{secret.Name}: the agency says that we are not authorised ({failure.Code}). Ask it to authorise this service for us."
            ),
            { Side: FailureSide.Gateway } => Found.Failed(
                $"{secret.Name}: the agency does not accept how we ask for it ({failure.Code}). Our side: compare the credentials in the configuration with those it gave us, and look at the step clock."
            ),
            _ => Found.Failed(
                $"{secret.Name} could not be fetched ({failure.Code}), side {failure.Side}. Look at the steps before; if they passed, tell the agency."
            ),
        };
}
