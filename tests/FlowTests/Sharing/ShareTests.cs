using System.Net;
using System.Text.Json;
using Integration.Testing.Drivers;
using Integration.Testing.World;

namespace Integration.FlowTests.Sharing;

public class ShareTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private HallDriver Hall => shared.Host.Hall;

    [Fact]
    public async Task A_granted_question_is_signed_answered_and_on_record()
    {
        var company = SyntheticWorld.Company("c01");

        using var answer = await Hall.Share(
            "enterprise-register/query",
            JsonSerializer.Serialize(new { entname = company.Name, uniscid = company.Uscc })
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("2000", body.RootElement.GetProperty("code").GetString());
        var evidenceId = Assert.Single(answer.Headers.GetValues("X-Evidence-Id"));
        var evidence = await Hall.Api.GetEvidence(evidenceId);
        Assert.Equal("answered", evidence.Record.Outcome);
    }
}
