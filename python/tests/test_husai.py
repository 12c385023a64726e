"""Run with the environment variable HUSAI set to the built program: python3 -m unittest discover -s python/tests"""

import os
import sys
import tempfile
import unittest

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))

import husai  # noqa: E402


class HusaiTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.rows = np.random.default_rng(0).standard_normal((600, 12)).astype(np.float32)
        cls.saes = husai.sae.train(
            cls.rows, output=os.path.join(cls.folder.name, "saes"), seeds=[1, 2, 3], latents=24, k=3, epochs=3, batch_size=64,
            progress=False)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_trained_saes_are_read_as_arrays(self):
        sae = husai.load(self.saes[0])
        self.assertEqual((24, 12), sae.decoder.shape)
        self.assertEqual((24, 12), sae.encoder.shape)
        np.testing.assert_allclose(np.linalg.norm(sae.decoder, axis=1), 1, atol=1e-5)
        self.assertEqual(24, husai.sae.info(self.saes[0])["latents"])

    def test_an_array_and_its_file_train_the_same_bits(self):
        path = os.path.join(self.folder.name, "rows.npy")
        np.save(path, self.rows)
        again = husai.sae.train(
            path, output=os.path.join(self.folder.name, "again"), seed=2, latents=24, k=3, epochs=3, batch_size=64, progress=False)
        np.testing.assert_array_equal(husai.load(self.saes[1]).decoder, husai.load(again[0]).decoder)

    def test_stability_has_its_chance_levels(self):
        result = husai.stability(self.saes, activations=self.rows, chance_draws=4, progress=False)
        self.assertLess(abs(result["levels"]["same_shape"]["value"] - result["mean"]), 0.2)
        self.assertIsNotNone(result["levels"]["turned"])
        self.assertIsInstance(result["sentence"], str)

    def test_sets_are_compared(self):
        others = husai.sae.train(
            self.rows, output=os.path.join(self.folder.name, "others"), seeds=[4, 5, 6], latents=24, k=3, epochs=1, batch_size=64,
            progress=False)
        result = husai.compare(self.saes, others, chance_draws=4, progress=False)
        self.assertLessEqual(result["difference"]["low"], result["difference"]["value"])

    def test_progress_reaches_a_function(self):
        lines = []
        husai.stability(self.saes, chance_draws=4, progress=lines.append)
        self.assertTrue(all(isinstance(line, str) for line in lines))

    def test_bad_input_is_an_error_with_the_programs_words(self):
        with self.assertRaises(husai.HusaiError) as caught:
            husai.stability([self.saes[0], os.path.join(self.folder.name, "nowhere")], progress=False)
        self.assertEqual(2, caught.exception.exit_code)
        self.assertIn("nowhere", str(caught.exception))
        with self.assertRaisesRegex(ValueError, r"floats \[rows, width\]"):
            husai.stability(self.saes, activations=np.zeros(3))

    def test_a_program_that_is_not_there_is_named(self):
        before = os.environ["HUSAI"]
        try:
            os.environ["HUSAI"] = os.path.join(self.folder.name, "no-program")
            with self.assertRaisesRegex(FileNotFoundError, "no-program"):
                husai.find_program()
        finally:
            os.environ["HUSAI"] = before

    def test_a_file_that_is_cut_off_is_refused(self):
        path = os.path.join(self.saes[0], "sae_weights.safetensors")
        with open(path, "rb") as file:
            content = file.read()
        cut = os.path.join(self.folder.name, "cut.safetensors")
        with open(cut, "wb") as file:
            file.write(content[: len(content) // 2])
        from husai.saved import read_safetensors
        with self.assertRaisesRegex(ValueError, "cut off"):
            read_safetensors(cut)


if __name__ == "__main__":
    unittest.main()
