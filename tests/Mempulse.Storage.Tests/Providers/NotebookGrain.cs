namespace Mempulse.Storage.Tests.Providers;

/// <summary>What a <see cref="NotebookGrain"/> keeps.</summary>
[GenerateSerializer]
public sealed class Notebook
{
    [Id(0)]
    public string Text { get; set; } = string.Empty;
}

public sealed class NotebookGrain([PersistentState("notebook")] IPersistentState<Notebook> notebook, ILocalSiloDetails silo) : Grain, INotebookGrain, IRemindable
{
    public Task<string> Read() => Task.FromResult(notebook.State.Text);

    public Task Write(string text)
    {
        notebook.State.Text = text;
        return notebook.WriteStateAsync();
    }

    public Task Clear() => notebook.ClearStateAsync();

    public Task<string> Silo() => Task.FromResult(silo.Name);

    public Task Remind(string name, TimeSpan period) => this.RegisterOrUpdateReminder(name, TimeSpan.FromDays(1), period);

    public async Task<string[]> Reminders() => [.. (await this.GetReminders()).Select(static reminder => reminder.ReminderName).Order(StringComparer.Ordinal)];

    public async Task Forget(string name) => await this.UnregisterReminder(await this.GetReminder(name) ?? throw new InvalidOperationException($"'{name}' is not registered."));

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;
}
