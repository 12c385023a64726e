using System.Runtime.InteropServices;
using Husai.Numerics.Randomness;

namespace Husai.CrashTests;

/// <summary>
/// Power cuts: the work is done on an ext4 in a file, which is shut down at a random instant without writing its log (the file system's own
/// means for such tests), so that all that was not flushed is gone. Needs root and loop devices.
/// </summary>
internal static partial class PowerCutScenario
{
    // FS_IOC_SHUTDOWN of linux/fs.h, and its flag for leaving the log unwritten.
    private const nuint ShutDown = 0x8004587d;
    private const uint WithoutLog = 2;

    public static ScenarioResult Run(Reference reference, int cuts, Func<string, string> folderOf, RandomStream random)
    {
        var result = new ScenarioResult($"power cut: {reference.Workload.Name}");
        var (image, mount) = (folderOf("power.img"), folderOf("power"));
        Directory.CreateDirectory(mount);
        try
        {
            Shell.Run($"truncate -s 96M {image} && mkfs.ext4 -q -F {image} && mount -o loop {image} {mount} && umount {mount}");
        }
        catch (InvalidOperationException error)
        {
            return new ScenarioResult(result.Name) { Skipped = $"no ext4 can be mounted here: {error.Message}" };
        }

        for (var cut = 0; result.Events < cuts && cut < 3 * cuts; cut++)
        {
            var folder = Path.Combine(mount, "work");
            Shell.Run($"mount -o loop {image} {mount}");
            try
            {
                using var program = HusaiProgram.Start(reference.Workload.ArgumentsFor(folder));
                KillScenario.AwaitInstant(program, reference.Workload, folder, random);
                result.Events += program.HasExited ? 0 : 1;
                CutPower(mount);
                program.Kill();
            }
            finally
            {
                Shell.Run($"umount {mount}");
            }

            Shell.Run($"mount -o loop {image} {mount}");
            try
            {
                result.Add(reference.Finish(folder));
                result.Comparisons++;
                Directory.Delete(folder, recursive: true);
            }
            finally
            {
                Shell.Run($"umount {mount}");
            }
        }

        File.Delete(image);
        return result;
    }

    private static void CutPower(string mount)
    {
        var descriptor = open(mount, 0);
        var flag = WithoutLog;
        var failed = descriptor < 0 || ioctl(descriptor, ShutDown, ref flag) != 0;
        _ = close(descriptor);
        if (failed)
        {
            throw new InvalidOperationException($"the file system cannot be shut down: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ioctl(int descriptor, nuint request, ref uint argument);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int close(int descriptor);
}
