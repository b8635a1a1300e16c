using System.Security.Cryptography;
using Integration.Adapters.Ports;
using Integration.Gateway.Callers;
using Integration.Gateway.Events.Intake;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Evidence;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Events.CatchUp;

/// <summary>
/// Asks a source for events that did not come. What it gives goes through the same intake as what it pushes: verified,
/// unique, with a receipt.
/// <code>
///  question ──▶ source, page by page ──▶ on record ──▶ intake, message by message
/// </code>
/// </summary>
internal sealed partial class SourceCatchUp(
    IEnumerable<IEventCatchUp> agencies,
    IntakeHandler intake,
    CallerDirectory callers,
    EvidenceLog evidence,
    PolicyBook policies,
    TimeProvider time,
    ILogger<SourceCatchUp> logger
)
{
    private const int MostPages = 200;

    /// <summary>How long a source may take; no request waits for its answer.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>Asks for everything that fits the question.</summary>
    /// <param name="source">The source; nothing is asked of one without a catch-up service.</param>
    /// <param name="question">For what; its first page.</param>
    /// <param name="caseId">The case it is about; null: all.</param>
    /// <returns>False: it did not answer, or not to the end.</returns>
    /// <exception cref="InvalidOperationException">What came could not be recorded now; ask again.</exception>
    public async Task<bool> AskAsync(EventSource source, MissedEventsQuestion question, string? caseId)
    {
        if (agencies.FirstOrDefault(agency => agency.Agency == source.Options.CatchUp) is not { } agency)
        {
            return true;
        }

        var purpose = PurposeOf(question);
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await agency.AskAsync(question, Request(caseId, purpose), CancellationToken.None);
            await PutOnRecordAsync(source, answer, caseId, purpose);
            if (answer is not AgencyAnswer<MissedEvents>.Found { Facts: var missed })
            {
                return answer is AgencyAnswer<MissedEvents>.Unknown;
            }

            await TakeInAsync(source, missed);
            if (missed.Next is not { } next)
            {
                return true;
            }

            question = question with { Cursor = next };
        }

        Log.TooMany(logger, source.Name);
        return false;
    }

    private static string PurposeOf(MissedEventsQuestion question) =>
        question.Subject is EventSubject.Unit or EventSubject.Certificate
            ? Purposes.JointTransfer
            : Purposes.EnterpriseOpening;

    private AgencyRequest Request(string? caseId, string purpose) =>
        new(
            caseId ?? "event-sweep",
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            AgencyRequest.OfGateway,
            purpose,
            time.GetUtcNow() + s_patience,
            CallPriority.Batch
        );

    private async Task TakeInAsync(EventSource source, MissedEvents missed)
    {
        var snapshot = callers.Current;
        var client =
            snapshot.Find(source.Options.Clients.FirstOrDefault() ?? string.Empty)
            ?? throw new InvalidOperationException("A source of events has no client that delivers for it.");
        foreach (var message in missed.Messages)
        {
            var taken = await intake.HandleAsync(
                new CallerContext(client.Caller, snapshot),
                new EventDelivery(DeliveryForm.Attached, message, [])
            );
            Note(source, taken);
        }
    }

    private void Note(EventSource source, Result<DeliveryOutcome> taken)
    {
        if (!taken.Succeeded(out var outcome, out var refusal))
        {
            Refused(source, refusal);
            return;
        }

        foreach (var result in outcome.Results)
        {
            if (!result.Succeeded(out _, out var refused))
            {
                Refused(source, refused);
            }
        }
    }

    /// <summary>A message that is bad is passed over, as it would be refused when it is pushed; an outage ends the asking.</summary>
    private void Refused(EventSource source, Refusal refusal)
    {
        if (refusal.IsOutage)
        {
            throw new InvalidOperationException($"What a source gave was not recorded ({refusal.Code}).");
        }

        Log.GivenMessageRefused(logger, source.Name, refusal.Code);
    }

    private async Task PutOnRecordAsync(
        EventSource source,
        AgencyAnswer<MissedEvents> answer,
        string? caseId,
        string purpose
    )
    {
        var (outcome, failure) = answer switch
        {
            AgencyAnswer<MissedEvents>.Found => ("answered", null),
            AgencyAnswer<MissedEvents>.Refused refused => ("refused", refused.Failure),
            AgencyAnswer<MissedEvents>.Unanswered unanswered => ("unanswered", unanswered.Failure),
            _ => ("unknown", null),
        };
        var now = time.GetUtcNow();
        var draft = new EvidenceDraft
        {
            EvidenceId = Identifiers.New("evd", time),
            Kind = EvidenceKind.AgencyCall,
            CaseId = caseId ?? "event-sweep",
            CaseOwner = source.Options.Office,
            ParentId = "event-catch-up",
            CallerId = source.Options.Office,
            Purpose = purpose,
            Basis = "events of the source",
            Grants = string.Empty, // the source's own data
            Subject = "catch-up",
            Outcome = outcome,
            Call = answer.Trace,
            Failure = failure,
            PolicyVersion = policies.InForce(now).Version,
            At = now,
        };
        var sealing = await evidence.CommitAsync(UnitOfWork.From([draft]), CancellationToken.None);
        if (!sealing.Succeeded(out _, out var refusal))
        {
            throw new InvalidOperationException($"A question to a source was not recorded ({refusal.Code}).");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2230, LogLevel.Warning, "A message that {Source} gave when asked was refused: {Code}.")]
        public static partial void GivenMessageRefused(ILogger logger, string source, string code);

        [LoggerMessage(
            2231,
            LogLevel.Error,
            "{Source} gives more pages than are taken at once; the rest is asked for later."
        )]
        public static partial void TooMany(ILogger logger, string source);
    }
}
