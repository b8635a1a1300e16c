using System.Data.Common;
using Integration.Adapters.Ports;
using Npgsql;

namespace Integration.Gateway.Platform.Database;

/// <summary>
/// Encrypted connections to PostgreSQL: what the connection string says of trust holds, and nothing that the server's
/// certificate names is downloaded.
/// </summary>
internal static class PostgresTls
{
    public static void TrustWithoutDownloads(NpgsqlDataSourceBuilder source) =>
        source.UseSslClientAuthenticationOptionsCallback(OutgoingConnections.TrustWithoutDownloads);

    /// <summary>Connections for a library that makes its own.</summary>
    public static DbDataSource DataSourceOf(string connectionString)
    {
        var source = new NpgsqlDataSourceBuilder(connectionString);
        TrustWithoutDownloads(source);
        return source.Build();
    }
}
