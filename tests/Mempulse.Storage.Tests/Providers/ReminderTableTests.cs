namespace Mempulse.Storage.Tests.Providers;

/// <summary>Reminders over the schema: registered, listed by grain and by range of the ring, changed and removed.</summary>
public sealed class ReminderTableTests(NotebookSilo notebooks) : IClassFixture<NotebookSilo>
{
    private readonly AdoNetSilo _silo = notebooks.Silo;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_grain_lists_the_reminders_that_it_registered_and_did_not_remove()
    {
        var notebook = _silo.Grains.GetGrain<INotebookGrain>("a");
        await _silo.Grains.GetGrain<INotebookGrain>("b").Remind("weekly", TimeSpan.FromDays(7));

        await notebook.Remind("daily", TimeSpan.FromDays(1));
        await notebook.Remind("weekly", TimeSpan.FromDays(7));
        string[] registered = await notebook.Reminders();
        await notebook.Forget("daily");

        Assert.Equal(["daily", "weekly"], registered);
        Assert.Equal(["weekly"], await notebook.Reminders());
    }

    [Fact]
    public async Task A_changed_reminder_has_its_new_period_and_another_etag()
    {
        var grain = GrainId.Create("notebook", $"{Guid.NewGuid():N}");
        string? first = await _silo.Reminders.UpsertRow(Reminder(grain, "long", TimeSpan.FromDays(1)), Cancellation);

        string? second = await _silo.Reminders.UpsertRow(Reminder(grain, "long", TimeSpan.FromDays(40)), Cancellation); // more milliseconds than an int

        var row = await _silo.Reminders.ReadRow(grain, "long", Cancellation);
        Assert.NotEqual(first, second);
        Assert.Equal<(string?, TimeSpan?, DateTime?)>((second, TimeSpan.FromDays(40), DateTime.UnixEpoch), (row?.ETag, row?.Period, row?.StartAt));
        Assert.Null(await _silo.Reminders.ReadRow(grain, "other", Cancellation));
    }

    [Fact]
    public async Task A_reminder_is_removed_only_as_it_was_read_also_after_it_was_registered_again()
    {
        var grain = GrainId.Create("notebook", $"{Guid.NewGuid():N}");
        string? first = await _silo.Reminders.UpsertRow(Reminder(grain, "daily", TimeSpan.FromDays(1)), Cancellation);
        Assert.True(await _silo.Reminders.RemoveRow(grain, "daily", first!, Cancellation));
        string? second = await _silo.Reminders.UpsertRow(Reminder(grain, "daily", TimeSpan.FromDays(1)), Cancellation);

        Assert.False(await _silo.Reminders.RemoveRow(grain, "daily", first!, Cancellation));
        Assert.True(await _silo.Reminders.RemoveRow(grain, "daily", second!, Cancellation));
    }

    [Fact]
    public async Task Every_range_of_the_ring_lists_the_reminders_in_it()
    {
        var grains = Enumerable.Range(0, 40).Select(static index => GrainId.Create("ring", $"{index}")).ToArray();
        foreach (var grain in grains)
        {
            await _silo.Reminders.UpsertRow(Reminder(grain, "daily", TimeSpan.FromDays(1)), Cancellation);
        }

        uint[] ends = [0, 1, int.MaxValue, 1u << 31, uint.MaxValue, .. grains.Take(6).Select(static grain => grain.GetUniformHashCode())];
        foreach (var (begin, end) in ends.SelectMany(begin => ends.Select(end => (begin, end))))
        {
            var listed = (await _silo.Reminders.ReadRows(begin, end, Cancellation)).Reminders.Select(static reminder => reminder.GrainId).Where(static grain => grain.Type.ToString() == "ring").Order();

            Assert.Equal(grains.Where(grain => IsIn(grain.GetUniformHashCode(), begin, end)).Order(), listed);
        }
    }

    /// <summary>Above the begin, up to and with the end; a range that ends where it begins is the whole ring.</summary>
    private static bool IsIn(uint hash, uint begin, uint end) => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;

    private static ReminderEntry Reminder(GrainId grain, string name, TimeSpan period) => new() { GrainId = grain, ReminderName = name, StartAt = DateTime.UnixEpoch, Period = period };
}
