using Integration.Gateway.Platform.Database;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Integration.Gateway.Tests.Database;

public class CommitFailureTests
{
    [Theory]
    [InlineData("57P01", "Unavailable")]
    [InlineData("57P03", "Unavailable")]
    [InlineData("53300", "Unavailable")]
    [InlineData("53100", "Unavailable")]
    [InlineData("25006", "Unavailable")]
    [InlineData("08006", "Unavailable")]
    [InlineData("XX001", "Unavailable")]
    [InlineData("23505", "Overtaken")]
    [InlineData("40P01", "Overtaken")]
    [InlineData("23503", "Bug")]
    [InlineData("42601", "Bug")]
    [InlineData("42P01", "Bug")]
    [InlineData("22001", "Bug")]
    public void PostgreSQL_tells_an_outage_from_a_bug(string state, string failure) =>
        Assert.Equal(
            failure,
            CommitFailures
                .Classify(new DbUpdateException("x", new PostgresException("x", "ERROR", "ERROR", state)))
                .ToString()
        );

    [Theory]
    [InlineData(5, "Unavailable")]
    [InlineData(6, "Unavailable")]
    [InlineData(8, "Unavailable")]
    [InlineData(10, "Unavailable")]
    [InlineData(11, "Unavailable")]
    [InlineData(13, "Unavailable")]
    [InlineData(14, "Unavailable")]
    [InlineData(1, "Bug")]
    [InlineData(19, "Bug")]
    [InlineData(20, "Bug")]
    public void SQLite_tells_an_outage_from_a_bug(int code, string failure) =>
        Assert.Equal(failure, CommitFailures.Classify(new SqliteException("x", code)).ToString());

    [Fact]
    public void A_connection_that_is_refused_is_an_outage() =>
        Assert.Equal(CommitFailure.Unavailable, CommitFailures.Classify(new NpgsqlException("refused")));
}
