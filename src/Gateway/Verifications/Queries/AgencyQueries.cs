using System.Security.Cryptography;
using Integration.Adapters.Ports;
using Integration.Gateway.Evidence;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Comparing;

namespace Integration.Gateway.Verifications.Queries;

/// <summary>
/// Asks the agencies of a plan: the checks side by side under one deadline, the agencies of one check in the order of the
/// policy. A slow or dead agency costs its own check only. Every other flow enters verification here.
/// </summary>
internal sealed class AgencyQueries(AgencySources sources, EvidenceGate gate, TimeProvider time)
{
    /// <summary>Where no person waits for the answer, agencies get more time than in a request.</summary>
    public static readonly TimeSpan Unhurried = TimeSpan.FromSeconds(20);

    /// <summary>An adapter that was told to stop gets this long to say itself how far it came.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether a question may leave now; asked before a plan is run, while nothing was asked yet.</summary>
    /// <returns>Null: it may. Else 503 <c>unavailable</c>: no write has succeeded since a commit failed (<see cref="EvidenceGate"/>).</returns>
    public Task<Refusal?> FindRefusalAsync() => gate.FindRefusalAsync();

    /// <summary>
    /// Runs every check of the plan; one whose record is another's concern unless the applicant is proven (<see cref="Disclosure"/>)
    /// waits for that proof. Never throws for what an agency or a network does.
    /// </summary>
    /// <param name="granted">The grant that allows every check of the plan.</param>
    /// <param name="plan">The checks.</param>
    /// <param name="deadline">After this moment no answer is waited for.</param>
    /// <param name="priority">Whether a person waits for the answer.</param>
    /// <returns>One report for each check, in the order of the plan.</returns>
    public async Task<IReadOnlyList<CheckReport>> AskAsync(
        GrantedRequest granted,
        IReadOnlyList<PlannedCheck> plan,
        DateTimeOffset deadline,
        CallPriority priority
    )
    {
        var inquiry = new Inquiry(granted, deadline, priority);
        var proving = plan.Where(check => Disclosure.ProverOf(check.Claim) is null)
            .Select(check => (check.Claim.Kind, Check: check, Report: RunAsync(check, inquiry)))
            .ToList();
        return await Task.WhenAll(
            plan.Select(check =>
                Disclosure.ProverOf(check.Claim) is { } prover
                    ? RunProvenAsync(check, proving.FirstOrDefault(proof => proof.Kind == prover).Report, inquiry)
                    : proving.First(proof => ReferenceEquals(proof.Check, check)).Report
            )
        );
    }

    /// <summary>Asks one agency one question outside of a plan; the same time-keeping.</summary>
    public Task<SourceAnswer> AskAsync(
        GrantedRequest granted,
        SourceQuestion question,
        DateTimeOffset deadline,
        CallPriority priority
    ) => AskAsync(question, new Inquiry(granted, deadline, priority), deadline);

    private async Task<CheckReport> RunProvenAsync(PlannedCheck check, Task<CheckReport>? proof, Inquiry inquiry)
    {
        var proven = proof is null ? null : await proof;
        return Disclosure.Before(proven) is { } withheld
            ? Report(check, [], withheld, TimeSpan.Zero)
            : await RunAsync(check with { Claim = Disclosure.Bound(check.Claim, proven!.Verdict.Title) }, inquiry);
    }

    private async Task<CheckReport> RunAsync(PlannedCheck check, Inquiry inquiry)
    {
        var started = time.GetTimestamp();
        var questions = sources.For(check);
        var answers = check.Policy.Mode switch
        {
            AskMode.All => await Task.WhenAll(
                questions.Select(question => AskAsync(question, inquiry, inquiry.Deadline))
            ),
            _ => await AskUntilKnownAsync(questions, inquiry),
        };
        return Report(check, answers, Verdict.From(answers), time.GetElapsedTime(started));
    }

    private CheckReport Report(
        PlannedCheck check,
        IReadOnlyList<SourceAnswer> answers,
        Verdict verdict,
        TimeSpan elapsed
    ) =>
        new(check, answers, verdict, elapsed)
        {
            EvidenceId = Platform.Identifiers.New("evd", time),
            EndedAt = time.GetUtcNow(),
        };

    private async Task<IReadOnlyList<SourceAnswer>> AskUntilKnownAsync(
        IReadOnlyList<SourceQuestion> questions,
        Inquiry inquiry
    )
    {
        var answers = new List<SourceAnswer>(questions.Count);
        foreach (var question in questions)
        {
            var now = time.GetUtcNow();
            // Each agency gets an equal share of what is left, so that a hanging first one leaves time for the second.
            var share = (inquiry.Deadline - now) / (questions.Count - answers.Count);
            answers.Add(await AskAsync(question, inquiry, now + share));
            if (answers[^1].Settles)
            {
                break;
            }
        }

        return answers;
    }

    private async Task<SourceAnswer> AskAsync(SourceQuestion question, Inquiry inquiry, DateTimeOffset until)
    {
        var asked = time.GetUtcNow();
        var request = inquiry.Request(NewRequestId(), until);
        var left = until > asked ? until - asked : TimeSpan.Zero;
        using var stop = new CancellationTokenSource(left, time);
        try
        {
            return await question.Ask(request, stop.Token).WaitAsync(left + s_grace, time);
        }
        catch (Exception reason)
            when (reason is TimeoutException || (reason is OperationCanceledException && stop.IsCancellationRequested))
        {
            return OutOfTime(question.Agency, request.RequestId, asked);
        }
    }

    private SourceAnswer.Unanswered OutOfTime(string agency, string requestId, DateTimeOffset asked) =>
        new(
            new CallTrace(
                agency,
                "deadline",
                requestId,
                asked,
                time.GetUtcNow(),
                0,
                RequestDigest: null,
                AnswerDigest: null
            ),
            new AgencyFailure(FailureStage.TimeOut, FailureSide.Agency, "deadline")
        );

    private static string NewRequestId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>What all questions of one plan share.</summary>
    private sealed record Inquiry(GrantedRequest Granted, DateTimeOffset Deadline, CallPriority Priority)
    {
        public AgencyRequest Request(string requestId, DateTimeOffset until) =>
            new(Granted.CaseId, requestId, Granted.Caller.Id, Granted.Purpose, until, Priority);
    }
}
