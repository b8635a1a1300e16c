using Integration.Adapters.Ports;

namespace Integration.Adapters.Tests.Http;

/// <summary>Answers that can be read and are still not the answer to the question.</summary>
public sealed partial class MalformedAnswerTests
{
    [Fact]
    public async Task The_record_of_another_company_is_never_used()
    {
        _stub.Service = (http, _) =>
            StubPlatform.AnswerAsync(http, "application/json", Row("甲公司", "91350100M000100Y43"));

        Assert.Equal(
            new AgencyFailure(FailureStage.Binding, FailureSide.Agency, "uniscid"),
            FailureOf(await QueryAsync())
        );
    }

    [Fact]
    public async Task Several_rows_are_several()
    {
        var row = $$"""{"UNISCID":"{{Code}}","entname":"甲公司","regstateCn":"存续"}""";
        _stub.Service = (http, _) =>
            StubPlatform.AnswerAsync(http, "application/json", $$"""{"code":2000,"data":[{{row}},{{row}}]}""");

        Assert.Equal(2, Assert.IsType<AgencyAnswer<BusinessLicenceFacts>.Several>(await QueryAsync()).Count);
    }

    [Fact]
    public async Task Dates_that_databases_put_where_there_is_none_are_none()
    {
        _stub.Service = (http, _) =>
            StubPlatform.AnswerAsync(
                http,
                "application/json",
                $$"""{"code":"2000","data":[{"uniscid":"{{Code}}","entname":"甲公司","regstateCn":"存续","estdate":"19000101000000","name":"null"}]}"""
            );

        var facts = Assert.IsType<AgencyAnswer<BusinessLicenceFacts>.Found>(await QueryAsync()).Facts;
        Assert.Null(facts.EstablishedOn);
        Assert.Null(facts.LegalRepresentative);
    }

    [Fact]
    public async Task The_record_of_another_person_is_never_used() =>
        Assert.Equal("GMSFHM", (await CheckAnsweredAsync(requestNumber: null, "421022197102020184")).Code);

    [Fact]
    public async Task The_answer_to_another_request_is_never_used() =>
        Assert.Equal("FFQQBH", (await CheckAnsweredAsync("0123", "421022197001010112")).Code);

    [Fact]
    public async Task A_soap_fault_is_the_envelopes_failure_whatever_its_status()
    {
        foreach (var status in (int[])[200, 500])
        {
            _stub.Service = (http, _) =>
            {
                http.Response.StatusCode = status;
                return StubPlatform.AnswerAsync(
                    http,
                    "text/xml",
                    Envelope(
                        "<soap:Fault xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><faultcode>soap:Server</faultcode><faultstring>no</faultstring></soap:Fault>"
                    )
                );
            };

            Assert.Equal((FailureStage.Envelope, FailureSide.Agency), StageOf(FailureOf(await CheckAsync())));
        }
    }
}
