namespace Integration.Gateway.Tests.Http;

/// <summary>Tests of the processor time of this process: no other test runs beside them.</summary>
[CollectionDefinition(nameof(ProcessorTime), DisableParallelization = true)]
public sealed class ProcessorTime;
