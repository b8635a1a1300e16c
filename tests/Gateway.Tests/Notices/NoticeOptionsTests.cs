using Integration.Gateway.Evidence;
using Integration.Gateway.Notices;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Tests.Notices;

/// <summary>Every fault of the section is listed at once.</summary>
public sealed class NoticeOptionsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("notice-options-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Complete_settings_are_accepted() =>
        Assert.True(Validate(new NoticeOptions { Subscribers = [Right(), Right() with { Name = "b" }] }).Succeeded);

    [Fact]
    public void An_older_secret_may_be_named_twice() =>
        Assert.True(
            Validate(
                new NoticeOptions { Subscribers = [Right() with { OlderSecrets = [Secret(), Secret()] }] }
            ).Succeeded
        );

    [Fact]
    public void Every_fault_is_listed()
    {
        var result = Validate(
            new NoticeOptions
            {
                Source = string.Empty,
                TimeoutSeconds = 6,
                GiveUpAfterHours = 0,
                Subscribers =
                [
                    Right(),
                    Right(),
                    new SubscriberOptions { Name = "Hall Web", Secret = "whsec_in-the-settings" },
                    Right() with
                    {
                        Name = "c",
                        Cms = true,
                        OlderSecrets = [Secret(), Secret(), Secret(), Secret()],
                    },
                ],
            }
        );
        Assert.Equal(
            [
                "Gateway:Notices:Source",
                "Gateway:Notices:TimeoutSeconds",
                "Gateway:Notices:GiveUpAfterHours",
                "Gateway:Notices:Subscribers",
                "Gateway:Notices:Subscribers:2:Name",
                "Gateway:Notices:Subscribers:2:Client",
                "Gateway:Notices:Subscribers:2:Address",
                "Gateway:Notices:Subscribers:2:Secret",
                "Gateway:Notices:Subscribers:3:OlderSecrets",
                "Gateway:Notices:Subscribers:3:Cms",
            ],
            result.Failures!.Select(fault => fault[..fault.IndexOf(": ", StringComparison.Ordinal)])
        );
        Assert.DoesNotContain(result.Failures!, fault => fault.Contains("in-the-settings", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://hall.example/hook", true)]
    [InlineData("http://127.0.0.1:9000/hook", true)]
    [InlineData("http://localhost/hook", true)]
    [InlineData("http://hall.example/hook", false)]
    [InlineData("ftp://hall.example/hook", false)]
    [InlineData("https://user:word@hall.example/hook", false)]
    [InlineData("https://hall.example/hook#part", false)]
    [InlineData("/hook", false)]
    public void An_address_is_https_or_on_loopback(string address, bool isRight) =>
        Assert.Equal(
            isRight,
            Validate(
                new NoticeOptions
                {
                    Subscribers = [Right() with { Address = new Uri(address, UriKind.RelativeOrAbsolute) }],
                }
            ).Succeeded
        );

    private static ValidateOptionsResult Validate(NoticeOptions options) =>
        new NoticeOptionsValidator(Options.Create(new ReceiptOptions())).Validate(name: null, options);

    private SubscriberOptions Right() =>
        new()
        {
            Name = "hall-web",
            Client = "hall",
            Address = new Uri("https://hall.example/hook"),
            Secret = Secret(),
        };

    private string Secret()
    {
        var path = Path.Combine(_folder, "secret");
        File.WriteAllText(path, $"whsec_{Convert.ToBase64String(new byte[32])}\n");
        return $"file:{path}";
    }
}
