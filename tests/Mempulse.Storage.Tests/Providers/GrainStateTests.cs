using Mempulse.Storage.Tests.Postgres;
using Orleans.Storage;

namespace Mempulse.Storage.Tests.Providers;

/// <summary>States of grains over the schema: one row for each grain, and a write only from the state that is there.</summary>
public sealed class GrainStateTests(NotebookSilo notebooks) : IClassFixture<NotebookSilo>
{
    private readonly AdoNetSilo _silo = notebooks.Silo;

    /// <summary>The type of this test's grains: tests do not share rows.</summary>
    private readonly string _type = $"notebook-{Guid.NewGuid():N}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_grain_reads_after_its_activation_what_it_wrote_and_nothing_after_a_clearing()
    {
        var notebook = _silo.Grains.GetGrain<INotebookGrain>("a");

        string first = await notebook.Read();
        await notebook.Write("one");
        await notebook.Write("two");
        await notebook.Leave();
        string written = await notebook.Read();
        await notebook.Clear();
        await notebook.Leave();
        string cleared = await notebook.Read();
        await notebook.Write("three");
        await notebook.Leave();

        Assert.Equal(("", "two", "", "three"), (first, written, cleared, await notebook.Read()));
        Assert.Single(await Sql.RowsAsync(notebooks.Database, "SELECT key_text FROM orleans_grain_state WHERE grain_type = 'notebook'", Cancellation));
    }

    [Theory]
    [InlineData(AdoNetSilo.Keeping)]
    [InlineData(AdoNetSilo.Deleting)]
    public async Task A_write_from_another_state_than_the_one_there_is_refused(string storage)
    {
        var grain = GrainId.Create("notebook", "a");
        var one = await WrittenAsync(storage, grain, "one");
        var stale = Copy(one);
        await WriteAsync(storage, grain, one, "two");

        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(storage, grain, stale, "lost"));
        await Assert.ThrowsAsync<InconsistentStateException>(() => _silo.Storage(storage).ClearStateAsync(_type, grain, stale));
        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(storage, grain, new GrainState<Notebook>(), "first"));

        Assert.Equal("two", await TextAsync(storage, grain));
    }

    [Theory]
    [InlineData(AdoNetSilo.Keeping, "1")]
    [InlineData(AdoNetSilo.Deleting, "0")]
    public async Task A_cleared_state_is_gone_and_a_handle_from_before_stays_refused_after_the_next_write(string storage, string rowsLeft)
    {
        var grain = GrainId.Create("notebook", "a");
        var state = await WrittenAsync(storage, grain, "one");
        var stale = Copy(state);

        await _silo.Storage(storage).ClearStateAsync(_type, grain, state);
        var cleared = await ReadAsync(storage, grain);
        var rows = await RowsAsync();
        await WriteAsync(storage, grain, state, "two");

        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(storage, grain, stale, "lost"));
        Assert.False(cleared.RecordExists);
        Assert.Equal([rowsLeft], rows);
        Assert.Equal("two", await TextAsync(storage, grain));
    }

    [Fact]
    public async Task Of_many_first_writes_of_a_key_at_once_one_is_kept()
    {
        var grain = GrainId.Create("notebook", "contended");

        bool[] kept = await Task.WhenAll(Enumerable.Range(0, 64).Select(index => TryWriteAsync(grain, new GrainState<Notebook>(), $"{index}")));

        Assert.Single(kept, static isKept => isKept);
        Assert.Equal(["1"], await RowsAsync());
        Assert.Equal($"{Array.IndexOf(kept, true)}", await TextAsync(AdoNetSilo.Keeping, grain));
    }

    [Fact]
    public async Task Of_many_writes_from_one_state_at_once_one_is_kept()
    {
        var grain = GrainId.Create("notebook", "contended");
        var state = await WrittenAsync(AdoNetSilo.Keeping, grain, "first");

        bool[] kept = await Task.WhenAll(Enumerable.Range(0, 64).Select(index => TryWriteAsync(grain, Copy(state), $"{index}")));

        Assert.Single(kept, static isKept => isKept);
        Assert.Equal($"{Array.IndexOf(kept, true)}", await TextAsync(AdoNetSilo.Keeping, grain));
    }

    [Fact]
    public async Task Keys_of_every_kind_have_rows_of_their_own()
    {
        var guid = Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff");
        GrainId[] grains =
        [
            GrainId.Create(GrainType.Create("notebook"), GrainIdKeyExtensions.CreateIntegerKey(0)),
            GrainId.Create(GrainType.Create("notebook"), GrainIdKeyExtensions.CreateIntegerKey(-1)),
            GrainId.Create(GrainType.Create("notebook"), GrainIdKeyExtensions.CreateIntegerKey(-1, "e")),
            GrainId.Create(GrainType.Create("notebook"), GrainIdKeyExtensions.CreateGuidKey(guid)),
            GrainId.Create(GrainType.Create("notebook"), GrainIdKeyExtensions.CreateGuidKey(guid, "e")),
            GrainId.Create(GrainType.Create("notebook"), GrainIdKeyExtensions.CreateGuidKey(guid, "E")),
            GrainId.Create("notebook", "key"),
            GrainId.Create("notebook", "Key"),
            GrainId.Create("notebook", "key "),
            GrainId.Create("notebook", "ключ'; DROP TABLE orleans_grain_state; --"),
            GrainId.Create("notebook", new string('k', 1_000)),
        ];

        foreach (var grain in grains)
        {
            await WrittenAsync(AdoNetSilo.Keeping, grain, grain.ToString());
        }

        foreach (var grain in grains)
        {
            Assert.Equal(grain.ToString(), await TextAsync(AdoNetSilo.Keeping, grain));
        }

        Assert.Equal([$"{grains.Length}"], await RowsAsync());
    }

    private async Task<bool> TryWriteAsync(GrainId grain, GrainState<Notebook> state, string text)
    {
        try
        {
            await WriteAsync(AdoNetSilo.Keeping, grain, state, text);
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    private async Task<GrainState<Notebook>> WrittenAsync(string storage, GrainId grain, string text)
    {
        var state = await ReadAsync(storage, grain);
        await WriteAsync(storage, grain, state, text);
        return state;
    }

    private Task WriteAsync(string storage, GrainId grain, GrainState<Notebook> state, string text)
    {
        state.State = new Notebook { Text = text };
        return _silo.Storage(storage).WriteStateAsync(_type, grain, state);
    }

    private async Task<GrainState<Notebook>> ReadAsync(string storage, GrainId grain)
    {
        var state = new GrainState<Notebook>();
        await _silo.Storage(storage).ReadStateAsync(_type, grain, state);
        return state;
    }

    private Task<IReadOnlyList<string>> RowsAsync() => Sql.RowsAsync(notebooks.Database, $"SELECT count(*) FROM orleans_grain_state WHERE grain_type = '{_type}'", Cancellation);

    private async Task<string?> TextAsync(string storage, GrainId grain) => (await ReadAsync(storage, grain)).State?.Text;

    private static GrainState<Notebook> Copy(GrainState<Notebook> state) => new(state.State!, state.ETag) { RecordExists = state.RecordExists };
}
