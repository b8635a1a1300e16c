using System.Reflection;

namespace Integration.Architecture.Tests.Rules;

/// <summary>
/// A request is judged by the grants of its caller and of no other client, and what is sealed is opened in known places only. Each member below
/// leads to another client's grants, or to sealed data; each type beside it may use it for the reason that stands there.
/// </summary>
internal static class AuthorityRules
{
    private const string Callers = "Integration.Gateway.Callers.";
    private const string Joint = "Integration.Gateway.JointApplications.";
    private const string Events = "Integration.Gateway.Events.";
    private const string Vault = "Integration.Gateway.Platform.Protection.PersonalDataVault::";

    private static readonly (string Member, string User, string Reason)[] s_allowed =
    [
        (Callers + "CallersSnapshot::GrantsOf", "Integration.Gateway.Grants.GrantedRequest", "the check itself"),
        (Callers + "CallersSnapshot::GrantsOf", "Integration.Gateway.Cases.CaseAccess", "of the caller"),
        (Callers + "CallersSnapshot::GrantsOf", Joint + "Dispatch.Allowance", "of the caller, or of a recipient"),
        (Callers + "CallersSnapshot::GrantsOf", Events + "Sources.EventSourcesCheck", "readiness; no request"),
        (
            Callers + "CallersSnapshot::get_Grants",
            "Integration.Gateway.Sharing.Operations.SharedGrants",
            "grants as data"
        ),
        (Callers + "CallersSnapshot::get_Grants", Callers + "CallersChanges", "what a reload changed"),
        (Callers + "CallersSnapshot::get_Grants", Callers + "CallerDirectory", "their number in a log"),
        (
            Callers + "CallersSnapshot::get_Clients",
            Joint + "Dispatch.RecipientGrants",
            "hand-over: the receiver is meant"
        ),
        (Callers + "CallersSnapshot::get_Clients", "Integration.Gateway.Limits.CallerGates", "limits, no grants"),
        (Callers + "CallersSnapshot::get_Clients", Callers + "CallersChanges", "what a reload changed"),
        (Callers + "CallersSnapshot::get_Clients", Callers + "CallerDirectory", "their number in a log"),
        (Callers + "CallersSnapshot::Find", Callers + "Tokens.AccessTokens", "authentication"),
        (Callers + "CallersSnapshot::Find", Callers + "Tokens.AssertionKeys", "authentication"),
        (Callers + "CallersSnapshot::Find", Callers + "Tokens.ClientAuthentication", "authentication"),
        (
            Callers + "CallersSnapshot::Find",
            Callers + "Tokens.TokenDoor",
            "whether it is enabled, before authentication"
        ),
        (
            Callers + "CallersSnapshot::Find",
            "Integration.Gateway.Applications.Deadlines.StandingGrant",
            "a timer: the owner's grants today"
        ),
        (Callers + "CallersSnapshot::Find", Joint + "Proofs.ProofQueries", "a timer: the owner's grants today"),
        (
            Callers + "CallersSnapshot::Find",
            Events + "Processing.EventContext",
            "the office that the source names acts itself"
        ),
        (
            Callers + "CallersSnapshot::Find",
            Events + "CatchUp.SourceCatchUp",
            "the client that the source names delivers"
        ),
        (Callers + "CallersSnapshot::Find", Events + "Sources.EventOptionsValidator", "whether it exists"),
        (Callers + "CallersSnapshot::Find", "Integration.Gateway.Notices.Operations.NoticesCheck", "whether it exists"),
        (
            Callers + "CallersSnapshot::Find",
            "Integration.Gateway.Sharing.Operations.SharedGrants",
            "whether it is enabled"
        ),
        (Callers + "CallersSnapshot::FindByCertificate", Callers + "ClientCertificates", "authentication"),
        (Callers + "Caller::.ctor", Callers + "ClientEntry", "the callers file"),
        (Callers + "CallerContext::.ctor", Callers + "CallerAuthentication", "authentication"),
        (Callers + "CallerContext::.ctor", Joint + "Proofs.ProofQueries", "a timer acts for the owner"),
        (Callers + "CallerContext::.ctor", Events + "Processing.EventContext", "an event is acted on by its office"),
        (Callers + "CallerContext::.ctor", Events + "CatchUp.SourceCatchUp", "what was asked for is delivered"),
        (Joint + "Dispatch.Allowance::For", Joint + "Dispatch.OwnLegs", "of the caller"),
        (Joint + "Dispatch.Allowance::For", Joint + "Dispatch.RecipientGrants", "of a recipient"),
        (Joint + "Dispatch.RecipientGrants::.ctor", Joint + "Dispatch.LegHandover", "hand-over"),
        (Joint + "Dispatch.RecipientGrants::.ctor", Joint + "OpenHandler", "whether there is a recipient"),
        (Joint + "Dispatch.RecipientGrants::.ctor", Joint + "Deadlines.JointDeadlineTimer", "who is reminded"),
        (Vault + "Open", "Integration.Gateway.Platform.Protection.KeysCheck", "a probe of its own"),
        (Vault + "OpenBytes", "Integration.Gateway.Platform.Idempotency.IdempotentRequests", "a caller's own answer"),
        (Vault + "OpenBytes", Events + "Inbox.EventContent", "processing; shown to no caller"),
        (Vault + "OpenBytes", Events + "Inbox.InboxPlan", "a digest, compared"),
        (Vault + "OpenBytes", Events + "Inbox.EventQueries", "the sender's own receipt"),
        (Vault + "OpenBytes", Joint + "Dispatch.StatusPoller", "compared; shown to no caller"),
        (Vault + "OpenJson", "Integration.Gateway.Applications.ApplicationStore", "decided anew; shown to no caller"),
        (Vault + "OpenJson", Events + "Processing.EventApplicationReader", "compared; shown to no caller"),
        (Vault + "OpenJson", Joint + "JointApplicationHistory", "states and times; no text of a provider is shown"),
        (Vault + "OpenJson", Joint + "JointApplicationStore", "handed over, on record as that"),
    ];

    /// <summary>Also their setters: <c>with</c> must not exchange the caller of a context.</summary>
    private static readonly HashSet<string> s_members =
    [
        .. s_allowed.Select(entry => entry.Member),
        Callers + "CallerContext::set_Caller",
        Callers + "CallerContext::set_Callers",
        Callers + "Caller::set_Id",
        Callers + "Caller::set_Utility",
    ];

    /// <summary>Uses that no line allows.</summary>
    public static IEnumerable<string> Violations(Assembly assembly) =>
        from call in MemberRules.Calls(assembly)
        where s_members.Contains(call.Member) && !call.Member.StartsWith($"{call.From}::", StringComparison.Ordinal)
        where !s_allowed.Any(entry => entry.Member == call.Member && entry.User == call.From)
        select $"{call.From} uses {call.Member}";

    /// <summary>Lines that allow what does not happen any more.</summary>
    public static IEnumerable<string> Unused(Assembly assembly)
    {
        var calls = MemberRules.Calls(assembly).ToHashSet();
        return s_allowed
            .Where(entry => !calls.Contains((entry.User, entry.Member)))
            .Select(entry => $"{entry.User} does not use {entry.Member} ({entry.Reason})");
    }
}
