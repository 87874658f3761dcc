using Mempulse.Canon.Appending;
using Mempulse.Canon.Fencing;
using Mempulse.Canon.Format;
using Mempulse.Primitives;
using Mempulse.Testing.SimulatedDisk;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Canon.Tests;

/// <summary>Of two silos with copies of one log, one at most acknowledges events, however late they learn of each other.</summary>
public sealed class WriterLeaseTests : IDisposable
{
    private static readonly LeaseOptions _times = new() { Duration = TimeSpan.FromSeconds(10), RenewalPeriod = TimeSpan.FromSeconds(2) };

    private readonly MemoryRegister _register = new();
    private readonly FakeTimeProvider _time = new();
    private readonly SimulatedFileSystem _disk = new(1);

    [Fact]
    public async Task A_writer_goes_on_while_it_renews_its_lease()
    {
        var log = await OpenAsync();

        for (int i = 0; i < 60; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            log.AppendNext(1);
        }

        Assert.InRange(_register.Renewals, 30, 60);
        Assert.Equal(60UL, log.Watermark.Value);
    }

    [Fact]
    public async Task A_writer_goes_on_for_the_length_of_its_lease_without_the_register_and_then_refuses_until_it_is_back()
    {
        var log = await OpenAsync();
        _register.IsOutOfReach = true;

        _time.Advance(_times.Duration - TimeSpan.FromTicks(1));
        log.AppendNext(1);
        _time.Advance(TimeSpan.FromTicks(1));
        var refused = Assert.ThrowsAny<LogRefusedException>(() => log.AppendNext(1));
        _register.IsOutOfReach = false;
        log.AppendNext(1);

        Assert.Contains("The register is out of reach.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2UL, log.Watermark.Value);
        ModelLog.AssertHolds(log.Reader, log.Watermark);
    }

    [Fact]
    public async Task A_writer_that_was_paused_for_longer_than_its_lease_asks_before_it_acknowledges_more()
    {
        var log = await OpenAsync();
        int before = _register.Renewals;

        _register.IsWriterPaused = true;
        _time.Advance(TimeSpan.FromHours(1));
        _register.IsWriterPaused = false;
        log.AppendNext(1);

        Assert.True(_register.Renewals > before);
        Assert.Equal(1UL, log.Watermark.Value);
    }

    [Fact]
    public async Task A_writer_whose_place_was_taken_while_it_was_paused_acknowledges_nothing_more()
    {
        var former = await OpenAsync();
        former.AppendNext(5);
        var copy = new SimulatedFileSystem(2);
        _register.IsWriterPaused = true;
        var successor = await TakeOverAsync(copy);
        _register.IsWriterPaused = false;

        Assert.Throws<LogFencedException>(() => former.AppendNext(1));
        successor.AppendNext(1);
        Assert.Equal(5UL, former.Watermark.Value);
    }

    [Fact]
    public async Task A_set_clock_costs_a_renewal_and_no_more()
    {
        var time = new Testing.Clocks.SettableTime();
        var log = await OpenAsync(_disk, "a", time);
        int before = _register.Renewals;

        time.SetWallClock(TimeSpan.FromDays(1));
        log.AppendNext(1);
        time.SetWallClock(TimeSpan.FromDays(-2));
        log.AppendNext(1);
        log.AppendNext(1);

        Assert.Equal(before + 1, _register.Renewals);
        Assert.Equal(3UL, log.Watermark.Value);
    }

    [Fact]
    public async Task Another_copy_of_a_log_is_refused_while_its_writer_renews()
    {
        await OpenAsync();

        var refused = await Assert.ThrowsAsync<LogLockedException>(() => TakeOverAsync(new SimulatedFileSystem(2)));

        Assert.Equal("Cannot open the log for writing: 'silo a' on a is writing another copy of it, in epoch 1.", refused.Message);
    }

    [Fact]
    public async Task Another_copy_waits_for_a_whole_lease_of_a_writer_that_is_gone()
    {
        await OpenAsync();
        var copy = new SimulatedFileSystem(2);
        long before = _time.GetTimestamp();
        _register.IsWriterPaused = true;
        var successor = await TakeOverAsync(copy);
        _register.IsWriterPaused = false;

        Assert.True(_time.GetElapsedTime(before) >= _times.Duration);
        successor.AppendNext(1);
        Assert.Equal(new Epoch(2), _register.Record!.Epoch);
    }

    [Fact]
    public async Task A_process_of_the_same_machine_and_copy_need_not_wait_because_the_lock_shows_that_its_writer_is_gone()
    {
        var former = await OpenAsync();
        former.AppendNext(3);
        _disk.LoseLocks();

        var log = await OpenAsync(_disk, "a", _time);

        log.AppendNext(1);
        Assert.Equal(new Epoch(2), _register.Record!.Epoch);
        Assert.Throws<LogFencedException>(() => former.AppendNext(1));
    }

    [Fact]
    public async Task A_log_that_was_closed_is_opened_elsewhere_at_once()
    {
        var (log, lease) = await OpenWithLeaseAsync(_disk, "a", _time);
        log.AppendNext(4);
        log.Session.Close(seal: true);
        lease.Dispose();

        Assert.False(_register.Record!.IsHeld);
        Assert.Equal(4UL, _register.Record.Watermark.Value);
        await OpenAsync(_disk, "b", _time); // the moved volume
        Assert.Equal("silo b", _register.Record.Holder);
    }

    [Fact]
    public async Task A_copy_that_ends_before_what_the_last_writer_stated_is_refused()
    {
        var (log, lease) = await OpenWithLeaseAsync(_disk, "a", _time);
        log.AppendNext(4);
        log.Session.Close(seal: true);
        lease.Dispose();

        var stale = new SimulatedFileSystem(2);
        var lost = await Assert.ThrowsAsync<LogCorruptException>(() => OpenAsync(stale, "b", _time));

        Assert.Contains("events up to seq 4", lost.Message, StringComparison.Ordinal);
        Assert.Equal(new Epoch(1), _register.Record!.Epoch); // nothing was taken
    }

    [Fact]
    public async Task Of_two_that_claim_a_free_log_at_once_one_gets_it()
    {
        var one = await WriterLease.ClaimAsync(_disk, SyncLog.Directory, _register, "a", "silo a", _times, _time, TestContext.Current.CancellationToken);
        var copy = new SimulatedFileSystem(2);
        var other = await WriterLease.ClaimAsync(copy, SyncLog.Directory, _register, "b", "silo b", _times, _time, TestContext.Current.CancellationToken);

        Assert.True(other.TryAdvance(other.Current(), new Epoch(1)));
        Assert.False(one.TryAdvance(one.Current(), new Epoch(1)));
        Assert.Equal("silo b", _register.Record!.Holder);
    }

    [Fact]
    public async Task The_epoch_follows_the_register_where_the_files_are_behind_it()
    {
        _register.Record = new WriterRecord(new Epoch(41), default, string.Empty, 7, GlobalSeq.None);

        var log = await OpenAsync();

        Assert.Equal(new Epoch(42), log.Report.Epoch);
        Assert.Equal((42UL, 8L), (_register.Record.Epoch.Value, _register.Record.Renewals));
    }

    [Fact]
    public async Task A_record_that_is_dropped_while_a_writer_runs_ends_it()
    {
        var log = await OpenAsync();
        _register.Record = null;

        _time.Advance(_times.RenewalPeriod);

        Assert.Throws<LogFencedException>(() => log.AppendNext(1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a volume")]
    public void A_volume_with_other_bytes_is_refused(string text)
    {
        _disk.CreateDirectory(SyncLog.Directory);
        var file = _disk.Create(Path.Combine(SyncLog.Directory, LogVolume.FileName));
        file.Write(System.Text.Encoding.ASCII.GetBytes(text), 0);

        Assert.Throws<LogCorruptException>(() => LogVolume.ReadOrCreate(_disk, SyncLog.Directory));
    }

    public void Dispose() => _register.Dispose();

    private Task<SyncLog> OpenAsync() => OpenAsync(_disk, "a", _time);

    private async Task<SyncLog> OpenAsync(SimulatedFileSystem disk, string machine, TimeProvider time) => (await OpenWithLeaseAsync(disk, machine, time)).Log;

    private async Task<(SyncLog Log, WriterLease Lease)> OpenWithLeaseAsync(SimulatedFileSystem disk, string machine, TimeProvider time)
    {
        var lease = await WriterLease.ClaimAsync(disk, SyncLog.Directory, _register, machine, $"silo {machine}", _times, time, TestContext.Current.CancellationToken);
        var log = SyncLog.Open(disk, lease);
        lease.Report(() => log.Watermark);
        return (log, lease);
    }

    /// <summary>Opens another copy, while time passes.</summary>
    private async Task<SyncLog> TakeOverAsync(SimulatedFileSystem copy)
    {
        var opening = OpenAsync(copy, "b", _time);
        while (!opening.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Yield();
        }

        return await opening;
    }
}
