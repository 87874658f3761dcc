using System.Formats.Tar;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Ethereum.JsonRpc;
using ZstdSharp;

namespace Mempulse.Cli.Tests.Captures;

/// <summary><c>mempulse capture make</c> takes real blocks only: each is a child of the one before, hashes to its name, and its transactions do.</summary>
public sealed class CaptureMakeTests : IDisposable
{
    private const ulong First = 22_431_080;
    private static readonly Lazy<IReadOnlyDictionary<ulong, string>> _blocks = new(ReadBlocks);

    private readonly ScratchDirectory _scratch = new();

    [Fact]
    public async Task Blocks_of_a_directory_are_made_whatever_else_is_in_it()
    {
        Write(First, First + 4);
        await File.WriteAllTextAsync(_scratch["blocks/other.json"], "[]", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_scratch["blocks/notes.txt"], "notes", TestContext.Current.CancellationToken);

        var made = await MakeAsync();

        Assert.Equal((0, 4), (made.ExitCode, (int)made.Json["blocks"]!)); // the block after the last is not one of them
    }

    [Fact]
    public async Task A_header_that_does_not_hash_to_its_name_is_refused()
    {
        Write(First, First + 3, change: static block => block["gasUsed"] = "0x1");

        Refused(await MakeAsync(), "does not hash to");
    }

    [Fact]
    public async Task A_block_of_another_parent_is_refused()
    {
        Write(First, First + 3, change: static block =>
        {
            block["parentHash"] = "0x" + new string('7', 64);
            using var document = JsonDocument.Parse(block.ToJsonString());
            Assert.True(RpcBlockReader.TryRead(document.RootElement, out var read, out _));
            block["hash"] = read.Header.ComputeHash().ToString(); // a block as valid as any
        });

        Refused(await MakeAsync(), $"Block {First + 1} is not a child of block {First}.");
    }

    [Fact]
    public async Task A_transaction_that_does_not_hash_to_its_name_is_refused()
    {
        Write(First, First + 3, change: static block => block["transactions"]![0]!["hash"] = "0x" + new string('7', 64));

        Refused(await MakeAsync(), $"Transaction 0x{new string('7', 64)} in ");
    }

    [Fact]
    public async Task A_block_that_is_missing_is_refused()
    {
        Write(First, First + 2);

        Refused(await MakeAsync(), $"Block {First + 3} is missing at ");
    }

    [Theory]
    [InlineData(First + 3, First, 2)]
    [InlineData(First, First + 2, 2)]
    [InlineData(First, First + 3, 0)]
    public async Task A_range_has_at_least_four_blocks(ulong first, ulong last, int exitCode)
    {
        Write(First, First + 3);

        Assert.Equal(exitCode, (await MakeAsync(first, last)).ExitCode);
    }

    public void Dispose() => _scratch.Dispose();

    private Task<CliRun> MakeAsync(ulong first = First, ulong last = First + 3) =>
        CliRun.InProcessAsync("capture", "make", "--blocks", _scratch["blocks"], "--out", _scratch["made.mpc"], "--first", $"{first}", "--last", $"{last}", "--json");

    private void Refused(CliRun run, string reason)
    {
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_scratch["made.mpc"]));
    }

    private void Write(ulong first, ulong last, Action<JsonNode>? change = null)
    {
        Directory.CreateDirectory(_scratch["blocks"]);
        for (ulong number = first; number <= last; number++)
        {
            var block = JsonNode.Parse(_blocks.Value[number])!;
            if (number == first + 1)
            {
                change?.Invoke(block);
            }

            File.WriteAllText(_scratch[$"blocks/{number}.json"], block.ToJsonString());
        }
    }

    private static Dictionary<ulong, string> ReadBlocks()
    {
        using var packed = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "vectors", "mainnet", "blocks-rpc.tar.zst"));
        using var unpacked = new DecompressionStream(packed);
        using var archive = new TarReader(unpacked);
        var blocks = new Dictionary<ulong, string>();
        while (archive.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } content && entry.Name.EndsWith(".json", StringComparison.Ordinal))
            {
                using var reader = new StreamReader(content, leaveOpen: true);
                string text = reader.ReadToEnd();
                if (JsonNode.Parse(text) is JsonObject block && block["number"] is { } number)
                {
                    blocks[Convert.ToUInt64((string)number!, 16)] = text;
                }
            }
        }

        return blocks;
    }
}
