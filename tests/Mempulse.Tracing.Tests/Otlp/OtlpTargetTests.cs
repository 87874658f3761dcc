using Mempulse.Tracing.Otlp;

namespace Mempulse.Tracing.Tests.Otlp;

/// <summary>The collector is the one that the environment variables of OpenTelemetry name.</summary>
public sealed class OtlpTargetTests
{
    [Theory]
    [InlineData("")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT= ")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317;OTEL_SDK_DISABLED=true")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317;OTEL_TRACES_EXPORTER=none")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317;OTEL_TRACES_EXPORTER=console")]
    public void Without_a_collector_nothing_is_exported(string variables) => Assert.Null(Of(variables));

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317", OtlpProtocol.Grpc, "http://c:4317/")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318;OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", OtlpProtocol.HttpProtobuf, "http://c:4318/v1/traces")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=https://c/base/;OTEL_EXPORTER_OTLP_PROTOCOL=http/json", OtlpProtocol.HttpJson, "https://c/base/v1/traces")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:1;OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://d/own;OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/protobuf;OTEL_EXPORTER_OTLP_PROTOCOL=grpc", OtlpProtocol.HttpProtobuf, "http://d/own")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317;OTEL_TRACES_EXPORTER=otlp", OtlpProtocol.Grpc, "http://c:4317/")]
    public void The_variables_of_traces_precede_those_of_all_signals(string variables, OtlpProtocol protocol, string endpoint)
    {
        var settings = Of(variables)!;

        Assert.Equal((protocol, endpoint), (settings.Protocol, settings.Endpoint.ToString()));
    }

    [Fact]
    public void Headers_timeout_and_resource_are_read()
    {
        var settings = Of("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317;OTEL_EXPORTER_OTLP_HEADERS=api-key=a%20b, x=y;OTEL_EXPORTER_OTLP_TIMEOUT=250;OTEL_RESOURCE_ATTRIBUTES=service.name=other,deployment.environment=test")!;

        Assert.Equal([new("api-key", "a b"), new("x", "y")], settings.Headers);
        Assert.Equal(TimeSpan.FromMilliseconds(250), settings.Timeout);
        Assert.Equal([new("service.name", "other"), new("deployment.environment", "test")], settings.Resource);
        Assert.Equal("named", Of("OTEL_EXPORTER_OTLP_ENDPOINT=http://c;OTEL_SERVICE_NAME=named;OTEL_RESOURCE_ATTRIBUTES=service.name=other")!.Resource[0].Value);
        Assert.Equal(("mempulse", TimeSpan.FromSeconds(10)), (Of("OTEL_EXPORTER_OTLP_ENDPOINT=http://c")!.Resource[0].Value, Of("OTEL_EXPORTER_OTLP_ENDPOINT=http://c")!.Timeout));
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=c:4317", "'c:4317' is not a valid OTEL_EXPORTER_OTLP_ENDPOINT: expected an http or https address.")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c;OTEL_EXPORTER_OTLP_PROTOCOL=http", "'http' is not a valid OTEL_EXPORTER_OTLP_PROTOCOL: expected grpc, http/protobuf or http/json.")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c;OTEL_EXPORTER_OTLP_TIMEOUT=0", "'0' is not a valid OTEL_EXPORTER_OTLP_TIMEOUT: expected milliseconds, 1 or more.")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c;OTEL_EXPORTER_OTLP_HEADERS=secret", "OTEL_EXPORTER_OTLP_HEADERS is not valid: expected KEY=VALUE pairs, separated by commas.")]
    public void What_is_not_valid_is_refused_by_name_and_no_credential_is_printed(string variables, string reason) =>
        Assert.Equal(reason, Assert.Throws<OtlpTargetException>(() => Of(variables)).Message);

    [Fact]
    public void An_address_on_the_command_line_is_for_protobuf_over_HTTP()
    {
        Assert.Equal((OtlpProtocol.HttpProtobuf, "http://c:4318/v1/traces"), Shape(OtlpTarget.At("http://c:4318", static _ => null)));
        Assert.Equal((OtlpProtocol.Grpc, "http://c:4317/"), Shape(OtlpTarget.At("http://c:4317", static name => name == "OTEL_EXPORTER_OTLP_PROTOCOL" ? "grpc" : null)));
        Assert.Equal("'c' is not a valid address of a collector: expected an http or https address.", Assert.Throws<OtlpTargetException>(() => OtlpTarget.At("c", static _ => null)).Message);
    }

    private static (OtlpProtocol, string) Shape(OtlpTarget settings) => (settings.Protocol, settings.Endpoint.ToString());

    private static OtlpTarget? Of(string variables)
    {
        var given = variables.Split(';', StringSplitOptions.RemoveEmptyEntries).ToDictionary(static pair => pair[..pair.IndexOf('=', StringComparison.Ordinal)], static pair => pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        return OtlpTarget.Of(given.GetValueOrDefault);
    }
}
