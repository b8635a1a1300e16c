using Integration.Adapters.Ports;

namespace Integration.Adapters.Tests.Forwarding;

/// <summary>What the service catalogue is told of the agencies.</summary>
public sealed class AgencyForwardingTests
{
    [Fact]
    public async Task Every_agency_in_use_is_there_with_its_dialect()
    {
        await using var driver = await ForwardingDriver.StartAsync();
        Assert.Equal(
            [
                ("business-licence", "exchange-rest", true, "/httpproxy"),
                ("electricity", "gateway", false, null),
                ("grid-resource", "tif", false, null),
                ("licence-library", "licence-library", false, null),
                ("population-registry", "exchange-soap", true, "/wsproxy"),
                ("project-approval", "client-id", false, null),
                ("real-estate", "gx-data", false, null),
            ],
            from agency in driver.Adapters.Forwarding.Agencies
            let dialect = Assert.Single(agency.Dialects)
            select (agency.Name, dialect.Name, dialect.NeedsService, dialect.Path)
        );
    }

    [Fact]
    public async Task Formats_are_json_but_for_soap()
    {
        await using var driver = await ForwardingDriver.StartAsync();
        Assert.All(
            driver.Adapters.Forwarding.Agencies.SelectMany(agency => agency.Dialects),
            dialect =>
                Assert.Equal(
                    dialect.Name == "exchange-soap"
                        ? (WireFormat.Xml, WireFormat.SoapPackage)
                        : (WireFormat.Json, WireFormat.Json),
                    (dialect.Body, dialect.Answer)
                )
        );
    }

    [Theory]
    [InlineData("moon-registry", "exchange-rest", "s_enterprise_query")]
    [InlineData("exchange-platform", "exchange-rest", "s_enterprise_query")]
    [InlineData("business-licence", "exchange-soap", "s_enterprise_query")]
    [InlineData("business-licence", "exchange-rest", null)]
    [InlineData("business-licence", "exchange-rest", "")]
    [InlineData("business-licence", "exchange-rest", "s\r\nX-Other: 1")]
    [InlineData("population-registry", "exchange-soap", null)]
    [InlineData("population-registry", "exchange-soap", "s_not_configured")]
    [InlineData("population-registry", "exchange-soap", "s_other:")]
    [InlineData("population-registry", "exchange-soap", "s_other:GK><x")]
    [InlineData("population-registry", "exchange-soap", "s_other:A:B")]
    [InlineData("electricity", "irs", null)]
    [InlineData("electricity", "gateway", "s_any")]
    [InlineData("grid-resource", "tif", "a b")]
    [InlineData("real-estate", "gx-data", "s_any")]
    [InlineData("licence-library", "licence-library", "s_any")]
    public async Task What_cannot_be_called_cannot_be_opened(string agency, string dialect, string? service)
    {
        await using var driver = await ForwardingDriver.StartAsync();
        Assert.Null(driver.Adapters.Forwarding.Open(agency, dialect, service));
    }

    [Theory]
    [InlineData("s_population_basic")]
    [InlineData("s_population_basic:GK_JZCX_RKJCXXCX")]
    [InlineData("s_population_check:GK_GXFW_SFHC")]
    public async Task A_soap_operation_follows_from_the_options_or_stands_in_the_service(string service)
    {
        var forwarded = ForwardedCase.Population with { Service = service };
        await using var driver = await ForwardingDriver.StartAsync();
        var answer = await driver.SendAsync(forwarded);
        Assert.Contains(forwarded.Success, answer.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_limits_and_probe_are_those_of_the_options()
    {
        await using var driver = await ForwardingDriver.StartAsync(_ =>
            [
                ("exchange-platform:AlternateAddresses:0", "http://127.0.0.1:9/other"),
                ("exchange-platform:ProbePath", "alive"),
                ("business-licence:Limits:Retries", "2"),
                ("business-licence:Limits:Parallel", "7"),
                ("business-licence:Limits:AttemptTime", "00:00:07"),
                ("business-licence:Limits:ConnectTime", "00:00:03"),
            ]
        );
        var agency = driver.Adapters.Forwarding.Agencies.Single(agency => agency.Name == "business-licence");

        Assert.Equal(2, agency.Addresses.Count);
        Assert.EndsWith("/exchange", agency.Addresses[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(new Uri("http://127.0.0.1:9/other"), agency.Addresses[1]);
        Assert.Equal(
            ("/alive", 2, 7, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(3)),
            (agency.ProbePath, agency.Retries, agency.Parallel, agency.AttemptTime, agency.ConnectTime)
        );
    }

    [Fact]
    public async Task Without_settings_there_is_one_address_and_no_probe()
    {
        await using var driver = await ForwardingDriver.StartAsync();
        Assert.All(
            driver.Adapters.Forwarding.Agencies,
            agency =>
            {
                Assert.Single(agency.Addresses);
                Assert.Null(agency.ProbePath);
            }
        );
    }
}
