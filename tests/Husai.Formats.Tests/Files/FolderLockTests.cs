using System.Text.Json.Nodes;
using Husai.Formats.Files;

namespace Husai.Formats.Tests.Files;

public sealed class FolderLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string LockPath => _folder.File("lock");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_taker_is_refused_until_the_first_lets_go_and_is_told_of_the_holder()
    {
        using (FolderLock.Take(_folder.Path))
        {
            var error = Assert.Throws<FolderInUseException>(() => FolderLock.Take(_folder.Path));
            Assert.Contains(
                $"process {Environment.ProcessId} on {Environment.MachineName}, started 20", error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
        FolderLock.Take(_folder.Path).Dispose();
    }

    [Fact]
    public void A_folder_made_for_the_lock_goes_with_it_unless_something_was_written()
    {
        FolderLock.Take(_folder.File("a/b")).Dispose();
        Assert.False(Directory.Exists(_folder.File("a")));
        using (FolderLock.Take(_folder.File("a/b")))
        {
            AtomicFile.WriteText(_folder.File("a/b/text"), "x");
        }

        Assert.Equal(["text"], Directory.GetFileSystemEntries(_folder.File("a/b")).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("process_id", "2147483600")]
    [InlineData("start_key", "\"1\"")]
    public void The_lock_of_a_process_of_this_host_that_is_gone_is_taken_over_at_once(string field, string value)
    {
        WriteLock(holder => holder[field] = JsonNode.Parse(value));
        using var taken = FolderLock.Take(_folder.Path);
        Assert.Equal(ProcessIdentity.This, LockRecord.Read(LockPath)!.Holder);
        Assert.Equal(["lock"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void After_a_restart_of_the_same_machine_the_lock_is_taken_over_at_once_and_of_another_of_its_name_when_it_is_old()
    {
        WriteLock(holder => (holder["boot"], holder["machine"]) = ("another-start pid:[1]", "a machine"));
        Assert.Throws<FolderInUseException>(() => FolderLock.Take(_folder.Path));
        if (ProcessIdentity.This.Machine.Length > 0)
        {
            WriteLock(holder => holder["boot"] = "another-start pid:[1]");
            FolderLock.Take(_folder.Path).Dispose();
        }
    }

    [Fact]
    public void The_lock_of_a_process_of_this_host_that_lives_is_kept_however_old()
    {
        WriteLock(_ => { });
        Age(TimeSpan.FromDays(1));
        Assert.Throws<FolderInUseException>(() => FolderLock.Take(_folder.Path));
    }

    [Theory]
    [InlineData(50, false)]
    [InlineData(70, true)]
    public void The_lock_of_another_host_is_taken_over_when_its_sign_of_life_is_old(int seconds, bool isTaken)
    {
        WriteLock(holder => holder["host"] = "elsewhere");
        Age(TimeSpan.FromSeconds(seconds));
        if (isTaken)
        {
            FolderLock.Take(_folder.Path).Dispose();
        }
        else
        {
            var error = Assert.Throws<FolderInUseException>(() => FolderLock.Take(_folder.Path));
            Assert.Contains("on elsewhere", error.Message, StringComparison.Ordinal);
            Assert.Contains("after 60 s the folder is taken over", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("4711")]
    public void A_lock_that_names_nobody_is_taken_over_when_it_is_old(string content)
    {
        File.WriteAllText(LockPath, content);
        Assert.Throws<FolderInUseException>(() => FolderLock.Take(_folder.Path));
        Age(TimeSpan.FromSeconds(70));
        FolderLock.Take(_folder.Path).Dispose();
    }

    [Fact]
    public void Of_many_that_find_a_dead_holder_one_takes_over()
    {
        for (var round = 0; round < 20; round++)
        {
            WriteLock(holder => holder["process_id"] = 2147483600);
            var wins = 0;

            // Below the guard and the list of this process, as processes on different hosts are.
            Parallel.For(0, 8, _ =>
            {
                try
                {
                    LockFile.Take(_folder.Path, LockPath);
                    Interlocked.Increment(ref wins);
                }
                catch (FolderInUseException)
                {
                    // Another one was first.
                }
            });
            Assert.Equal(1, wins);
            Assert.Equal(ProcessIdentity.This, LockRecord.Read(LockPath)!.Holder);
        }
    }

    [Fact]
    public void A_follower_that_died_half_way_is_followed()
    {
        WriteLock(holder => holder["process_id"] = 2147483600);
        var first = LockRecord.Read(LockPath)!;
        File.Copy(LockPath, $"{LockPath}.{first.Token}");
        var claim = JsonNode.Parse(File.ReadAllText(LockPath))!;
        claim["token"] = "0123456789abcdef";
        File.WriteAllText($"{LockPath}.{first.Token}", claim.ToJsonString());
        using var taken = FolderLock.Take(_folder.Path);
        Assert.Equal(["lock"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_deleted_file_comes_back_and_the_guard_holds_meanwhile()
    {
        using var held = FolderLock.Take(_folder.Path);
        File.Delete(LockPath);
        if (OperatingSystem.IsLinux())
        {
            Assert.Null(FolderGuard.TryTake(_folder.Path, out var isTaken));
            Assert.True(isTaken);
        }

        AtomicFile.WriteText(_folder.File("text"), "published");
        Assert.Equal(ProcessIdentity.This, LockRecord.Read(LockPath)!.Holder);
    }

    [Fact]
    public void Who_lost_the_lock_publishes_nothing_and_leaves_the_lock_of_the_other()
    {
        AtomicFile.WriteText(_folder.File("text"), "old");
        using (FolderLock.Take(_folder.Path))
        {
            WriteLock(holder => holder["host"] = "elsewhere");
            var error = Assert.Throws<FolderInUseException>(() => AtomicFile.WriteText(_folder.File("text"), "new"));
            Assert.Contains("was taken over by another run", error.Message, StringComparison.Ordinal);
            Assert.Throws<FolderInUseException>(() => new LineFile(_folder.File("below/lines")).Append("x"));
        }

        Assert.Equal("old", File.ReadAllText(_folder.File("text")));
        Assert.Equal(["lock", "text"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Temporary_files_of_killed_processes_go_and_nothing_else()
    {
        Directory.CreateDirectory(_folder.File("below"));
        foreach (var name in (string[])["a.safetensors.4711-3.tmp", "below/b.json.12-1.tmp", "lock.0123456789abcdef"])
        {
            _folder.File(name, []);
        }

        string[] kept = ["below/notes.tmp", "lock.owner", "x.1-y.tmp"];
        Assert.All(kept, name => _folder.File(name, []));
        FolderLock.Take(_folder.Path).Dispose();
        Assert.Equal(
            kept,
            Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_folder.Path, file))
                .Order());
    }

    [Fact]
    public void Temporary_files_that_another_process_may_be_writing_below_stay()
    {
        Directory.CreateDirectory(_folder.File("training/snapshots"));
        Directory.CreateDirectory(_folder.File("other"));
        string[] names = ["training/lock", "training/a.json.12-1.tmp", "training/snapshots/b.json.12-2.tmp", "other/c.json.12-3.tmp"];
        foreach (var name in names)
        {
            _folder.File(name, []);
        }

        FolderLock.Take(_folder.Path, isForFiles: true).Dispose();
        Assert.True(File.Exists(_folder.File("other/c.json.12-3.tmp")));
        FolderLock.Take(_folder.Path).Dispose();
        Assert.Equal(
            ["training/a.json.12-1.tmp", "training/lock", "training/snapshots/b.json.12-2.tmp"],
            Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_folder.Path, file))
                .Order());
    }

    private void Age(TimeSpan age) => File.SetLastWriteTimeUtc(LockPath, File.GetLastWriteTimeUtc(_folder.File("now", [])) - age);

    private void WriteLock(Action<JsonNode> change)
    {
        var content = JsonNode.Parse(LockRecord.New().ToBytes())!;
        change(content["holder"]!);
        File.WriteAllText(LockPath, content.ToJsonString());
    }
}
