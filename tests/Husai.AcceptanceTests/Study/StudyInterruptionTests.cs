using Husai.Cli.Hosting;

namespace Husai.AcceptanceTests.Study;

public sealed class StudyInterruptionTests : IDisposable
{
    private readonly TinyStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Killed_at_any_moment_and_run_again_the_numbers_are_the_same()
    {
        _study.Finish("whole");

        // The moments come from the progress that is on disk, so that they are spread over the run on any machine.
        var kills = 0;
        for (var files = 2; files <= 200; files += 20)
        {
            using var process = HusaiProcess.Start(_study.Arguments("killed"));
            while (!process.HasExited && FileCount("killed") < files)
            {
                Thread.Sleep(1);
            }

            if (process.HasExited)
            {
                break;
            }

            process.Kill();
            kills++;
        }

        Assert.True(kills >= 3, $"killed {kills} times only");
        var result = HusaiProcess.Run(_study.Arguments("killed"));
        Assert.True(result.ExitCode == ExitCode.Success, result.Error);
        Assert.Equal(_study.Summary("whole"), _study.Summary("killed"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_signal_stops_it_in_good_order_and_it_goes_on_later(bool interrupt)
    {
        _study.Finish("whole");
        var process = HusaiProcess.Start(_study.Arguments("stopped"));
        process.WaitUntil(() => FileCount("stopped") > 4);
        if (interrupt)
        {
            process.Interrupt();
        }
        else
        {
            process.Terminate();
        }

        var stopped = process.Wait();
        Assert.Equal(interrupt ? ExitCode.Interrupted : ExitCode.Terminated, stopped.ExitCode);
        Assert.Contains("the same command resumes the study", stopped.Error, StringComparison.Ordinal);
        Assert.Contains("interrupted", _study.Manifest("stopped", "."), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, HusaiProcess.Run(_study.Arguments("stopped")).ExitCode);
        Assert.Equal(_study.Summary("whole"), _study.Summary("stopped"));
    }

    [Fact]
    public void A_second_process_on_the_same_folder_is_refused()
    {
        using var first = HusaiProcess.Start(_study.Arguments("run"));
        first.WaitUntil(() => FileCount("run") > 3);
        var second = HusaiProcess.Run(_study.Arguments("run"));
        Assert.Equal(ExitCode.Failure, second.ExitCode);
        Assert.Contains("in use by another run", second.Error, StringComparison.Ordinal);
    }

    private int FileCount(string name)
    {
        try
        {
            return Directory.Exists(_study.Folder(name))
                ? Directory.EnumerateFiles(_study.Folder(name), "*", SearchOption.AllDirectories).Count()
                : 0;
        }
        catch (DirectoryNotFoundException)
        {
            // A folder was removed while it was listed.
            return 0;
        }
    }
}
