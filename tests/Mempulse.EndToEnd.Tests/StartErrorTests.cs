using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Mempulse.Testing.Processes;

namespace Mempulse.EndToEnd.Tests;

/// <summary>A service that cannot start says why in one sentence, before it opens a log: the program as a user starts it.</summary>
public sealed class StartErrorTests : IDisposable
{
    private const string Loopback = "http://127.0.0.1:0";

    private readonly TemporaryFolder _folder = new();
    private readonly TcpListener _taken = new(IPAddress.Loopback, 0);

    public StartErrorTests() => _taken.Start();

    private int TakenPort => ((IPEndPoint)_taken.LocalEndpoint).Port;

    /// <summary>The name of a case, its exit code, and what the sentence contains: {data}, {file} and {port} stand for those of the run.</summary>
    public static TheoryData<string, int, string> Cases => new()
    {
        { "unwritable directory", 3, "Cannot write to the data directory '/proc/mempulse': " },
        { "directory below a file", 3, "Cannot write to the data directory '{file}/data': " },
        { "chain's directory is a file", 3, "Cannot write to the data directory '{data}/1': " },
        { "directory is a log", 3, "Cannot use '{data}' as the data directory: it is the log of one chain." },
        { "log of another chain", 3, "'{data}/5' has the log of chain 1, not of chain 5." },
        { "port in use", 3, "Cannot listen on http://127.0.0.1:{port}: Address already in use." },
        { "second port in use", 3, "Cannot listen on http://localhost:{port}: Address already in use." },
        { "port in use by the environment", 3, "Cannot listen on http://127.0.0.1:{port}: Address already in use." },
        { "https without certificate", 3, "Cannot listen on https://127.0.0.1:0: there is no usable certificate" },
        { "https with a missing certificate", 3, "Cannot listen on https://127.0.0.1:0: there is no usable certificate" },
        { "public address", 2, "Cannot listen on http://0.0.0.0:0: other machines could reach the API" },
        { "ports of a container image", 2, "Cannot listen on http://*:8080: other machines could reach the API" },
        { "peer address of another machine", 3, "Cannot listen on 192.0.2.1:30303 for peers: Cannot assign requested address." },
        { "peer address in use", 3, "Cannot listen on 127.0.0.1:{port} for peers: Address already in use." },
        { "malformed peer address", 2, "'nowhere' is not a valid address to listen on" },
        { "value of another type", 2, "'many' is not a valid Mempulse:Fold:CheckpointEvents: expected a number in range." },
        { "value of no enum", 2, "'sometimes' is not a valid Mempulse:Log:Durability: expected Fsync, Os." },
        { "malformed time", 2, "'soon' is not a valid Mempulse:Fold:RetryDelay: expected a time such as 0:00:01." },
        { "unknown setting", 2, "'Unknown' is not a valid configuration key" },
        { "value of no log level", 2, "'Loud' is not a valid Logging:LogLevel: expected Trace" },
        { "unknown option", 2, "'--nonsense' is not a valid option" },
        { "directory without a capture", 2, "'/proc/self/task' is not a valid capture directory: expected one *.mpc file, found 0." },
        { "file that is not a capture", 1, "{file} is damaged at offset 0" },
        { "capture that is missing", 2, "There is no capture at '/proc/mempulse.mpc'." },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_service_that_cannot_start_says_why_in_one_line(string name, int exitCode, string sentence)
    {
        string file = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "not a directory, and not a capture", TestContext.Current.CancellationToken);
        string data = Path.Combine(_folder.Path, "data");
        var (arguments, settings) = await PrepareAsync(name, file, data);

        var run = await CommandLine.RunAsync(Checkout.NodeProgram, arguments, settings, TestContext.Current.CancellationToken);

        Assert.Equal((exitCode, 1), (run.ExitCode, run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.StartsWith(Filled(sentence, file, data), run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error + run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("LogHost", name.Contains("chain", StringComparison.Ordinal) ? string.Empty : run.Output, StringComparison.Ordinal); // no log was opened
    }

    [Fact]
    public async Task A_configuration_file_that_is_not_JSON_is_named()
    {
        string program = Path.Combine(_folder.Path, "node");
        Directory.CreateDirectory(program);
        foreach (string path in Directory.EnumerateFiles(Path.GetDirectoryName(Checkout.NodeProgram)!))
        {
            File.Copy(path, Path.Combine(program, Path.GetFileName(path)));
        }

        string settings = Path.Combine(program, "appsettings.json");
        await File.WriteAllTextAsync(settings, "{ \"Logging\": ", TestContext.Current.CancellationToken);

        var run = await CommandLine.RunAsync(Path.Combine(program, Path.GetFileName(Checkout.NodeProgram)), [], new Dictionary<string, string>(), TestContext.Current.CancellationToken);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"Failed to load configuration from file '{settings}'.", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _taken.Dispose();
        _folder.Dispose();
    }

    private async Task<(string[] Arguments, IReadOnlyDictionary<string, string> Settings)> PrepareAsync(string name, string file, string data)
    {
        string port = TakenPort.ToString(CultureInfo.InvariantCulture);
        switch (name)
        {
            case "chain's directory is a file":
                Directory.CreateDirectory(data);
                File.Copy(file, Path.Combine(data, "1"));
                break;
            case "directory is a log":
                await PlayAsync(data);
                break;
            case "log of another chain":
                await PlayAsync(Path.Combine(data, "5"));
                break;
            default:
                break;
        }

        string[] arguments = name switch
        {
            "unwritable directory" => ["--data", "/proc/mempulse", "--urls", Loopback],
            "directory below a file" => ["--data", Path.Combine(file, "data"), "--urls", Loopback],
            "port in use" => ["--data", data, "--urls", $"http://127.0.0.1:{port}"],
            "second port in use" => ["--data", data, "--urls", $"{Loopback};http://localhost:{port}"],
            "port in use by the environment" or "ports of a container image" => ["--data", data],
            "https without certificate" or "https with a missing certificate" => ["--data", data, "--urls", "https://127.0.0.1:0"],
            "public address" => ["--data", data, "--urls", "http://0.0.0.0:0"],
            "peer address of another machine" => ["--data", data, "--urls", Loopback, "--p2p", "192.0.2.1:30303"],
            "peer address in use" => ["--data", data, "--urls", Loopback, "--p2p", $"127.0.0.1:{port}"],
            "malformed peer address" => ["--data", data, "--urls", Loopback, "--p2p", "nowhere"],
            "log of another chain" => ["--data", data, "--urls", Loopback, "--chain", "5", "--rpc", "ws://127.0.0.1:1"],
            "unknown option" => ["--nonsense", "1"],
            "file that is not a capture" => ["--data", data, "--urls", Loopback, "--capture", file],
            "directory without a capture" => ["--data", data, "--urls", Loopback, "--capture", "/proc/self/task"],
            "capture that is missing" => ["--data", data, "--urls", Loopback, "--capture", "/proc/mempulse.mpc"],
            _ => ["--data", data, "--urls", Loopback],
        };
        return (arguments, SettingsOf(name, port));
    }

    private static Dictionary<string, string> SettingsOf(string name, string port) => name switch
    {
        "port in use by the environment" => new() { ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}" },
        "ports of a container image" => new() { ["ASPNETCORE_HTTP_PORTS"] = "8080" },
        "https with a missing certificate" => new() { ["Kestrel__Certificates__Default__Path"] = "/proc/none.pfx" },
        "value of another type" => new() { ["Mempulse__Fold__CheckpointEvents"] = "many" },
        "value of no enum" => new() { ["Mempulse__Log__Durability"] = "sometimes" },
        "malformed time" => new() { ["Mempulse__Fold__RetryDelay"] = "soon" },
        "unknown setting" => new() { ["Mempulse__Log__Unknown"] = "1" },
        "value of no log level" => new() { ["Logging__LogLevel__Default"] = "Loud" },
        _ => [],
    };

    private string Filled(string sentence, string file, string data) => sentence
        .Replace("{file}", file, StringComparison.Ordinal)
        .Replace("{data}", data, StringComparison.Ordinal)
        .Replace("{port}", TakenPort.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static async Task PlayAsync(string directory)
    {
        string capture = Path.Combine(Checkout.Root, "samples", "mainnet-pectra");
        var played = await CommandLine.MempulseAsync(TestContext.Current.CancellationToken, "capture", "play", capture, "--out", directory, "--speed", "max");
        Assert.Equal(0, played.ExitCode);
    }
}
