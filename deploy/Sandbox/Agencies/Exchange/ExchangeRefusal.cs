namespace Integration.Sandbox.Agencies.Exchange;

/// <summary>How the exchange platform says no: on <c>httpproxy</c> in JSON, on <c>wsproxy</c> as a SOAP fault.</summary>
internal sealed record ExchangeRefusal(string Code, string Message)
{
    public static readonly ExchangeRefusal MissingFields = new("-1", "请求参数缺失或重复");
    public static readonly ExchangeRefusal UnknownRequester = new("-1", "请求方未注册");
    public static readonly ExchangeRefusal NotListed = new("E-106", "请求方不在服务授权列表中");
    public static readonly ExchangeRefusal Stale = new("-1", "请求时间超出允许范围");
    public static readonly ExchangeRefusal WrongSignature = new("E-103", "签名验证失败");
    public static readonly ExchangeRefusal RefreshRefused = new("-1", "接口调用失败");
    public static readonly ExchangeRefusal BadHeaderElement = new("-1", "tongtechheader缺失、次序有误或与请求头不一致");
    public static readonly ExchangeRefusal BadEnvelope = new("-1", "SOAP报文有误");
}
