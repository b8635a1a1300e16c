// Each method asks under the authority of a client that is not the caller, or opens what is sealed.
#pragma warning disable CA1812, IDE0130, MA0047, MA0182

using Integration.Gateway.Callers;
using Integration.Gateway.JointApplications.Dispatch;
using Integration.Gateway.Platform.Protection;

namespace Integration.Architecture.Tests.Planted;

internal static class AsksAnotherClientsGrants
{
    public static int Number(CallersSnapshot callers) => callers.GrantsOf("another").Count;

    // In a lambda, as the fault that this rule is for.
    public static Client? First(CallersSnapshot callers, string utility) =>
        new[] { utility }
            .Select(name => callers.Clients.FirstOrDefault(client => client.Caller.Utility == name))
            .FirstOrDefault();

    public static CallerContext? As(CallersSnapshot callers, string id) =>
        callers.Find(id) is { } client ? new CallerContext(client.Caller, callers) : null;

    public static CallerContext Exchanged(CallerContext context, Caller other) => context with { Caller = other };
}

internal static class HandsOverElsewhere
{
    public static RecipientGrants Recipients(CallersSnapshot callers, DateTimeOffset now) =>
        new(callers, "joint.new", now);

    public static Allowance? For(CallersSnapshot callers, Caller client, DateTimeOffset now) =>
        Allowance.For(callers, client, "joint.new", now);
}

internal static class OpensUnnoticed
{
    public static byte[] Content(PersonalDataVault vault, ProtectedText text) => vault.OpenBytes(text);
}
