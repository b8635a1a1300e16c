using Integration.Gateway.Platform.Database;

namespace Integration.Gateway.Tests.Database;

public class DatabaseOptionsTests
{
    [Fact]
    public void The_default_is_a_sqlite_file() => Assert.True(Validate(new DatabaseOptions()).Succeeded);

    [Fact]
    public void A_postgresql_server_without_a_password_in_the_text_is_accepted() =>
        Assert.True(Validate(Postgres("Host=db;Username=gateway;Database=gateway")).Succeeded);

    [Theory]
    [InlineData("Host=db;Username=gateway;Password=hunter2", "holds a password")]
    [InlineData("Username=gateway", "Host")]
    [InlineData("Nonsense=1;Host=db", "not a connection string")]
    [InlineData("env:INTEGRATION_NO_SUCH_CONNECTION", "is not set")]
    public void A_postgresql_connection_string_that_cannot_do_is_refused(string text, string fault)
    {
        var result = Validate(Postgres(text));

        Assert.Contains(fault, result.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", result.FailureMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=x;Mode=Memory")]
    [InlineData("")]
    public void A_database_that_would_forget_is_refused(string text) =>
        Assert.Contains(
            "forget",
            Validate(new DatabaseOptions { ConnectionString = text }).FailureMessage,
            StringComparison.Ordinal
        );

    [Fact]
    public void Every_fault_is_listed() =>
        Assert.Equal(2, Validate(Postgres("Username=x") with { Timeout = TimeSpan.Zero }).Failures!.Count());

    private static DatabaseOptions Postgres(string text) =>
        new() { Provider = DatabaseProvider.Postgresql, ConnectionString = text };

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(DatabaseOptions options) =>
        new DatabaseOptionsValidator().Validate(name: null, options);
}
