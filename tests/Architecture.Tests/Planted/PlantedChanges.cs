// Each type changes state in a way of its own.
#pragma warning disable CA1812, IDE0130, MA0047, MA0182

using Integration.Gateway.Platform.Database;

namespace Integration.Architecture.Tests.Planted;

internal static class CommitsByItself
{
    public static async Task<int> SaveAsync(GatewayDb db)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        return db.SaveChanges();
    }
}

internal static class HandsADelegateOn
{
    public static Action<GatewayDb> Returned() => static _ => { };

    public static int Taken(Func<GatewayDb, int> read, GatewayDb db) => read(db);
}
