using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Contracts.Identifiers;
using static Integration.Adapters.Tests.Sandbox.HandmadeCaller;

namespace Integration.Adapters.Tests.Sandbox;

public sealed class LicenceLibraryStrictnessTests : IAsyncLifetime
{
    private const string Titles = "11100000MB03271699022";
    private const string Licences = "11100000MB0143028R001";
    private RunningSandbox _sandbox = null!;
    private HandmadeCaller _caller = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await RunningSandbox.StartAsync();
        _caller = new HandmadeCaller(_sandbox);
    }

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task Every_licence_has_a_valid_identifier()
    {
        var titles = (await QueryAsync("421022197001010112", "111", Titles))
            .GetProperty("data")
            .EnumerateArray()
            .ToList();

        Assert.Equal(2, titles.Count);
        Assert.All(
            titles,
            title =>
                Assert.True(LicenceIdentifier.Parse(title.GetProperty("certificateIdentifier").GetString()).IsValid)
        );
    }

    [Theory]
    [InlineData("421022197102020184", "张三^李四")]
    [InlineData("421022198209090443", "旧名字")]
    [InlineData("421022198112120888", "孙强")]
    public async Task A_title_has_the_holders_of_its_issue(string holder, string names)
    {
        var titles = (await QueryAsync(holder, "111", Titles)).GetProperty("data").EnumerateArray();
        Assert.Contains(names, titles.Select(title => title.GetProperty("certificateHolder").GetString()));
    }

    [Fact]
    public async Task A_changed_legal_representative_is_still_the_former_one()
    {
        var licence = (await QueryAsync("91421022MA49C0016J", "001", Licences))
            .GetProperty("data")
            .EnumerateArray()
            .Single();
        var surface = licence.GetProperty("surface").EnumerateArray();
        Assert.Equal(
            "周婷",
            surface
                .Single(item => item.GetProperty("name").GetString() == "法定代表人")
                .GetProperty("value")
                .GetString()
        );
    }

    [Theory]
    [InlineData("421022197506060465", "111", Titles, 1)] // p06 holds t06 and a cancelled title
    [InlineData("91421022MA49N00160", "001", Licences, 0)] // newborn
    [InlineData("421022197001010999", "111", Titles, 0)]
    public async Task What_is_cancelled_or_not_yet_known_is_not_shared(
        string holder,
        string kind,
        string type,
        int count
    )
    {
        var answer = await QueryAsync(holder, kind, type);
        Assert.Equal("0", Status(answer));
        Assert.Equal(count, answer.GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task A_wrong_token_is_refused() =>
        Assert.Equal(
            "11",
            Status(
                await QueryAsync(
                    "421022197001010112",
                    "111",
                    Titles,
                    request => request["head"]!["accessToken"] = "wrong"
                )
            )
        );

    [Theory]
    [InlineData("holderTypeCode", "222")]
    [InlineData("certTypeCode", "other")]
    [InlineData("holderCode", "")]
    public async Task A_wrong_question_is_refused(string member, string value) =>
        Assert.Equal(
            "10",
            Status(await QueryAsync("421022197001010112", "111", Titles, request => request["data"]![member] = value))
        );

    [Theory]
    [InlineData("certificateSystemName")]
    [InlineData("certificateEventCode")]
    [InlineData("certificateCopyCause")]
    public async Task A_cause_of_use_with_a_field_missing_is_refused(string member) =>
        Assert.Equal(
            "10",
            Status(
                await QueryAsync(
                    "421022197001010112",
                    "111",
                    Titles,
                    request => request["data"]!["useCause"]!.AsObject().Remove(member)
                )
            )
        );

    private async Task<JsonElement> QueryAsync(
        string holder,
        string kind,
        string type,
        Action<JsonObject>? change = null
    )
    {
        var request = new JsonObject
        {
            ["head"] = new JsonObject
            {
                ["accessId"] = _sandbox.Credentials.LibraryAccessId,
                ["accessToken"] = _sandbox.Credentials.LibraryAccessToken,
            },
            ["data"] = new JsonObject
            {
                ["holderCode"] = holder,
                ["holderTypeCode"] = kind,
                ["certTypeCode"] = type,
                ["useCause"] = new JsonObject
                {
                    ["certificateSystemName"] = "获得电力",
                    ["certificateCallCategory"] = "查询",
                    ["certificateMatterName"] = "用电报装",
                    ["certificateEventCode"] = "CASE-1",
                    ["certificateCopyCause"] = "零证办电",
                },
            },
        };
        change?.Invoke(request);
        return await JsonAsync(
            await _caller.PostAsync("/licence-library/sharing/queryCertInfo", request.ToJsonString())
        );
    }

    private static string? Status(JsonElement answer) => answer.GetProperty("head").GetProperty("status").GetString();
}
