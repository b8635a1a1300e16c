using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Integration.Gateway.Callers;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Sharing.Catalogue;
using Integration.Gateway.Sharing.Filtering;

namespace Integration.Gateway.Sharing.Forwarding;

/// <summary>What a caller may see of an operation's answer. Worked out once for each callers file, operation and set of grants.</summary>
internal sealed class GrantedFields
{
    private readonly ConditionalWeakTable<SharedOperation, ConditionalWeakTable<CallersSnapshot, Trees>> _trees = [];

    /// <summary>The catalogue's rules, then the grants': the first that refuses is named.</summary>
    public static Result<GrantedRequest> Check(
        CallerContext caller,
        SharedOperation operation,
        ShareQuestion question,
        DateTimeOffset now
    )
    {
        if (!operation.IsApprovedAt(now))
        {
            return Refusal.NotGranted($"Rule approval: {operation.GrantName}: its approval does not hold today.");
        }

        return operation.Resource.Purposes.Contains(question.Purpose, StringComparer.Ordinal)
            ? GrantedRequest.CheckShared(
                caller.Callers,
                caller.Caller,
                question.CaseId,
                new SharedDemand(operation.GrantName, question.Method, operation.Path.Text, question.Purpose),
                now
            )
            : Refusal.NotGranted(
                $"Rule purpose: {operation.GrantName} for {question.Purpose}: the catalogue does not share it for this purpose."
            );
    }

    /// <summary>The fields that the grants of a request name, and the agency's envelope.</summary>
    public FieldTree For(CallerContext caller, SharedOperation operation, GrantedRequest granted) =>
        _trees
            .GetOrCreateValue(operation)
            .GetOrCreateValue(caller.Callers)
            .ByGrants.GetOrAdd(
                granted.GrantsText,
                static (_, of) => of.operation.Granted(of.granted.Grants.SelectMany(grant => grant.Fields)),
                (operation, granted)
            );

    private sealed class Trees
    {
        public ConcurrentDictionary<string, FieldTree> ByGrants { get; } = new(StringComparer.Ordinal);
    }
}
